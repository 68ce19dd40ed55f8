import { expect, it, vi } from 'vitest';
import { MessageRouter } from '../../../src/core/message_router';
import { WebSocketMessageRouter, type WebSocketRouteHandler } from '../../../src/services/message_router';
import { FakeConnection } from '../../support/fakes';

it('is the core router under its old name', () => {
  expect(new WebSocketMessageRouter()).toBeInstanceOf(MessageRouter);
});

it('routes by type', async () => {
  const handler = vi.fn<WebSocketRouteHandler>(() => true);
  const router = new WebSocketMessageRouter();
  router.register_handler('direct_message', handler, 1);
  const context = { userId: 'ann', connection: new FakeConnection() };
  expect(await router.route_message(context, { type: 'direct_message' })).toBe(true);
  expect(handler).toHaveBeenCalledOnce();
});
