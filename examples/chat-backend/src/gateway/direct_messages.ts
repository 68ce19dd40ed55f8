import { server_event, text_field } from '@/core';
import { type ConnectionManager, WebSocketMessageRouter, type WebSocketRouteHandler } from '@/services';

/** What the gateway hands over from other regions: messages for users whose tabs are open here. */
export function create_direct_message_router(connections: ConnectionManager): WebSocketMessageRouter {
  const router = new WebSocketMessageRouter();
  router.register_handler('direct_message', deliver(connections));
  return router;
}

/** Sees what `router` would otherwise drop for want of a handler, as long as there is a router. */
export function add_fallback(
  router: WebSocketMessageRouter | undefined,
  type: string,
  handler: WebSocketRouteHandler,
): void {
  router?.register_handler(type, handler, -1);
}

function deliver(connections: ConnectionManager): WebSocketRouteHandler {
  return async ({ userId }, { payload }) => {
    const to = text_field(payload, 'to');
    const text = text_field(payload, 'text');
    if (!to || !text) return false;
    return (await connections.send_to_user(to, server_event('direct_message', { from: userId, text }))) > 0;
  };
}
