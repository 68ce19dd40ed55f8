import Router, { helper } from '../legacy/default-router';

export const routers = [Router, helper];
