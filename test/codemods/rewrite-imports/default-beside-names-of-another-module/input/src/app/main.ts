import Router, { type RouterOptions } from '../legacy/default-router';

export const router = new Router({} as RouterOptions);
