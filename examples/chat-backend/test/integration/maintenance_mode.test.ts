import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ChatApp } from '../../src/app';
import { create_maintenance_endpoint, create_server } from '../../src/server';
import type { MessageHandler } from '../../src/services/websocket/message_router';
import { take_over } from '../../src/services/handler_wiring';
import { MessageRouter } from '../../src/services/websocket/message_router';
import { FakeConnection } from '../support/fakes';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

it('answers chat frames with the notice and keeps heartbeats going', async () => {
  const receive = await create_maintenance_endpoint('Back at noon');
  const connection = new FakeConnection();
  await receive('ann', connection, { type: 'user_message' });
  await receive('ann', connection, { type: 'heartbeat' });
  expect(connection.sent).toMatchObject([
    { error_code: 'MAINTENANCE', error_message: 'Back at noon' },
    { type: 'heartbeat_ack' },
  ]);
});

it('can be switched on by a hook, for everything but the health check', async () => {
  const server = create_server(new ChatApp()).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await fetch(`${base}/hooks/deploy`, { method: 'POST', body: '{}' })).status).toBe(202);
  expect((await fetch(`${base}/announcements`, { method: 'POST', body: '"hi"' })).status).toBe(503);
  const health = await fetch(`${base}/health`);
  expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'initializing', routes: 8 })]);
});

it('can take over a running router for a while', async () => {
  const router = new MessageRouter();
  const notice: MessageHandler = {
    canHandle: (type) => type === 'ping',
    handleMessage: ({ connection }) => connection.send({ type: 'notice' }),
  };
  const connection = new FakeConnection();
  const give_back = take_over(router, notice);
  await router.route_message('ann', connection, { type: 'ping' });
  give_back();
  await router.route_message('ann', connection, { type: 'ping' });
  expect(connection.sent.map(({ type }) => type)).toEqual(['notice', 'pong']);
});
