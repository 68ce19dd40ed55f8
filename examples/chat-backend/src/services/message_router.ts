// The WebSocket service used to have a router of its own. The name stayed because the gateway imports it.
export { MessageRouter as WebSocketMessageRouter } from '../core/message_router';
export type { RouteHandler as WebSocketRouteHandler } from '../core/message_router';
