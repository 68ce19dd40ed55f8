import Router, * as legacy from '../legacy/default-router';

export const router = new Router(legacy.defaults);
