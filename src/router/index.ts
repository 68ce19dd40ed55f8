/** The canonical message router. It imports nothing outside this folder and runs in Node and in browsers. */
export { ConnectionHandler } from './built-in/connection-handler.ts';
export { HeartbeatHandler } from './built-in/heartbeat-handler.ts';
export { handlerFor, type RouteHandler } from './handler-for.ts';
export type { MessageHandler } from './message-handler.ts';
export { MessageRouter, type RouterOptions } from './message-router.ts';
export type { Middleware } from './middleware.ts';
export { GRACE_PERIOD_MS, type HandlerStatus } from './readiness.ts';
export {
  type Acknowledgement,
  type ErrorFacts,
  type ErrorMessage,
  errorMessage,
  type ServerMessage,
  serverMessage,
} from './replies.ts';
export type { Connection, RouteContext } from './route-context.ts';
export type { RoutedMessage } from './routed-message.ts';
export { CONSOLE_LOGGER, type RouterLogger } from './router-logger.ts';
export type { RouteCounts, RouterStatistics, RouterStats } from './router-stats.ts';
export { isWireType, LEGACY_TYPES, normaliseType, WIRE_TYPES, type WireType } from './wire-types.ts';
