import { MessageRouter as Router } from '../router/message-router';
import { RouteOptions } from '../router/route';

export const routers = [new Router(), new Router()];
export let options: RouteOptions;
