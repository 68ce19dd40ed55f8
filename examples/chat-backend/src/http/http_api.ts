import { websocket_event_router } from '../services';
import { server_event } from '../core/types';
import type { Health } from '../health';
import type { WebhookDispatcher } from '../webhooks/webhook_dispatcher';
import { HttpRouter } from './http_router';

export interface ApiOptions {
  readonly health: () => Health;
  readonly webhooks: WebhookDispatcher;
  readonly is_maintenance: () => boolean;
}

export function create_http_api({ health, webhooks, is_maintenance }: ApiOptions): HttpRouter {
  const api = new HttpRouter();
  api.add_middleware(({ path }) => (is_maintenance() && path !== '/health' ? { status: 503 } : undefined));
  api.add_route('GET', '/health', () => {
    const body = health();
    return { status: body.status === 'error' ? 503 : 200, body };
  });
  api.add_route('POST', '/hooks/:event', async ({ body }, { event = '' }) => {
    const accepted = await webhooks.dispatch(event, (body ?? {}) as Record<string, unknown>);
    return { status: accepted > 0 ? 202 : 404, body: { accepted } };
  });
  api.add_route('POST', '/announcements', async ({ body }) => {
    const reached = await websocket_event_router.broadcast(server_event('announcement', { text: body }));
    return { status: 200, body: { reached } };
  });
  return api;
}
