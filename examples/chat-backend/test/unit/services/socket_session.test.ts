import { beforeEach, expect, it, vi } from 'vitest';
import { MessageRouter as ControlRouter } from '@/core/message_router';
import { ConnectionManager, SocketConnection, SocketMessageRouter, SocketSession } from '@/services';
import { FakeSocket } from '../../support/fakes';

// Error replies without the time of day.
vi.mock('@/services/websocket/message_router', async (importOriginal) => ({
  ...(await importOriginal<typeof import('@/services/websocket/message_router')>()),
  create_error_message: (error_code: string, error_message: string) => ({
    type: 'error_message',
    error_code,
    error_message,
  }),
}));

let socket: FakeSocket;
let manager: ConnectionManager;
let control: ControlRouter;
let session: SocketSession;

beforeEach(() => {
  socket = new FakeSocket();
  manager = new ConnectionManager();
  control = new ControlRouter();
  const routers = { chat: new SocketMessageRouter(), control };
  session = new SocketSession('ann', new SocketConnection('c1', socket), manager, routers);
});

it('is known to the manager from open to close', async () => {
  await session.open();
  expect(manager.is_connected('ann')).toBe(true);
  await session.close();
  expect(manager.is_connected('ann')).toBe(false);
  expect(socket.types()).toEqual(['system_message', 'system_message']);
});

it('gives control frames to the control router, with the user of the connection', async () => {
  const handler = vi.fn();
  control.register_handler('user_profile', handler);
  expect(await session.receive('control', '{"type":"user_profile","user_id":"mallory"}')).toBe(true);
  expect(handler.mock.calls[0]?.[0]).toMatchObject({ userId: 'ann' });
});

it('answers frames that are not JSON', async () => {
  expect(await session.receive('chat', '{')).toBe(false);
  expect(socket.sent).toMatchObject([{ type: 'error_message', error_code: 'JSON_PARSE_ERROR' }]);
});

it('keeps the quality channel to supervisors', async () => {
  expect(await session.receive('quality', '{"type":"get_quality_metrics"}')).toBe(false);
  expect(socket.sent).toMatchObject([{ error_code: 'FORBIDDEN' }]);
});
