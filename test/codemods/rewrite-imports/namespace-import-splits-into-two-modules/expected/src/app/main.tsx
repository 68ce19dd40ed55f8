import { Route } from '../router/route';
import { MessageRouter } from '../router/message-router';

const route: Route = {};
export const router = new MessageRouter(route, MessageRouter, typeof MessageRouter);
export const view = <Route name="x">{Route}</Route>;
