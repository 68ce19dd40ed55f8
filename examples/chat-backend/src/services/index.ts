export { WebSocketMessageRouter, type WebSocketRouteHandler } from './message_router';
export { ConnectionManager, SocketConnection, type RawSocket } from './websocket/connection_manager';
export { websocket_event_router } from './websocket/event_router';
export { MessageRouter as SocketMessageRouter, type MessageHandler } from './websocket/message_router';
export { QualityMessageRouter } from './websocket/quality_message_router';
export { SocketSession, type Channel } from './websocket/socket_session';
