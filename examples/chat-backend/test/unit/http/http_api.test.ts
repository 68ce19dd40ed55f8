import { beforeEach, expect, it, vi } from 'vitest';
import { create_http_api } from '../../../src/http/http_api';
import { WebhookDispatcher } from '../../../src/webhooks/webhook_dispatcher';

// The API needs the services' barrel for announcements; the quality stack behind it is none of its business.
vi.mock('../../../src/services/websocket/quality_message_router', () => ({ QualityMessageRouter: class {} }));

const ready = { status: 'ready', handlers: 6, routes: 8, unhandled_ratio: 0 } as const;
let webhooks: WebhookDispatcher;

beforeEach(() => {
  webhooks = new WebhookDispatcher();
});

it('reports health', async () => {
  const api = create_http_api({ health: () => ready, webhooks, is_maintenance: () => true });
  expect(await api.respond({ method: 'GET', path: '/health' })).toEqual({ status: 200, body: ready });
  expect(await api.respond({ method: 'POST', path: '/hooks/deploy' })).toEqual({ status: 503 });
});

it('accepts hooks that somebody registered for', async () => {
  webhooks.register_handler('deploy', () => true);
  const api = create_http_api({ health: () => ready, webhooks, is_maintenance: () => false });
  expect(await api.respond({ method: 'POST', path: '/hooks/deploy', body: {} })).toMatchObject({ status: 202 });
  expect(await api.respond({ method: 'POST', path: '/hooks/other', body: {} })).toMatchObject({ status: 404 });
});

it('leaves room for more routes', async () => {
  const api = create_http_api({ health: () => ready, webhooks, is_maintenance: () => false });
  api.add_route('GET', '/threads/:id', (_request, { id }) => ({ status: 200, body: id }));
  expect(await api.respond({ method: 'GET', path: '/threads/t1' })).toEqual({ status: 200, body: 't1' });
});
