import Router, * as legacy from '../legacy/default-router';

export const routers = [new Router(), new legacy.default()];
export let options: legacy.RouterOptions;
