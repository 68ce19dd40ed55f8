import { expect, test } from 'vitest';
import { MessageRouter } from '../../../src/router/index.ts';
import { contextOf, ManualClock, RecordingConnection } from '../support/router-parts.ts';

const system = (status: string) => ({ type: 'system_message', data: { status, user_id: 'alice' }, timestamp: 1 });

test.each([
  ['connect', [system('connected')]],
  ['disconnect', [system('disconnect_acknowledged')]],
  ['ping', [{ type: 'pong', data: {}, timestamp: 1 }]],
  ['heartbeat', [{ type: 'heartbeat_ack', data: { status: 'healthy' }, timestamp: 1 }]],
  ['pong', []],
  ['heartbeat_ack', []],
])('%s is answered with %j', async (type, replies) => {
  const connection = new RecordingConnection();
  const router = new MessageRouter({ now: new ManualClock(1000).now });
  expect(await router.routeMessage(contextOf('alice', connection), { type })).toBe(true);
  expect(connection.sent).toEqual(replies);
});

test('a greeting that the connection does not accept gives false', async () => {
  const connection = new RecordingConnection(false);
  expect(await new MessageRouter().routeMessage(contextOf('alice', connection), { type: 'connect' })).toBe(false);
});
