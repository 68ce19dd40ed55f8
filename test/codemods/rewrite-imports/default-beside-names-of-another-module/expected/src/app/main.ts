import { MessageRouter as Router } from '../router/message-router';
import { type RouteOptions } from '../router/route';

export const router = new Router({} as RouteOptions);
