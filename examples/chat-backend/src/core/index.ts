export * from './errors';
export * from './message_router';
export { RouterRegistry } from './router_registry';
export { TracedMessageRouter } from './traced_message_router';
export { server_event, text_field, type Clock, type ServerEvent } from './types';
