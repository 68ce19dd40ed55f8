import { expect, it, vi } from 'vitest';
import { ChatApp } from '@/app';
import { DEFAULT_CONFIG } from '@/config';
import { FakeClock, FakeSocket } from '../support/fakes';

const built = vi.hoisted(() => ({ control_routers: 0 }));

vi.mock('@/core/message_router', async (importOriginal) => {
  const { MessageRouter, ...others } = await importOriginal<Record<string, new () => object>>();
  class CountedRouter extends MessageRouter! {
    constructor() {
      super();
      built.control_routers += 1;
    }
  }
  return { ...others, MessageRouter: CountedRouter };
});

async function connected(config = DEFAULT_CONFIG) {
  const clock = new FakeClock();
  const app = new ChatApp(config, clock.read);
  app.users.add('ann', 'Ann');
  const socket = new FakeSocket();
  const session = await app.connect('ann', socket);
  const send = (frame: object) => session.receive('control', JSON.stringify(frame));
  return { app, clock, socket, send };
}

it('creates and lists threads', async () => {
  const { send, socket } = await connected();
  await send({ type: 'thread_create', payload: { title: 'Launch', members: ['bob'] } });
  await send({ type: 'thread_list' });
  expect(socket.sent.at(-1)).toMatchObject({ data: { threads: [{ thread_id: 't1', title: 'Launch' }] } });
});

it('knows who is there', async () => {
  const { app, send, socket } = await connected();
  await send({ type: 'presence_query', payload: { users: ['ann', 'bob'] } });
  expect(socket.sent.at(-1)).toMatchObject({ data: { users: { ann: 'online', bob: 'offline' } } });
  await send({ type: 'disconnect' });
  expect(app.presence.of('ann')).toBe('offline');
});

it('limits the rate per user', async () => {
  const { app, clock, send, socket } = await connected({ ...DEFAULT_CONFIG, burst: 2, messages_per_second: 1 });
  const results = [];
  for (let i = 0; i < 3; i++) results.push(await send({ type: 'thread_list' }));
  expect(results).toEqual([true, true, false]);
  expect(socket.sent.at(-1)).toMatchObject({ error_code: 'RATE_LIMITED' });
  clock.pass(1_000);
  expect(await send({ type: 'thread_list' })).toBe(true);
  expect(app.limiter.get_statistics().limited).toBe(1);
});

it('is routed by one router per tenant, not one per session', async () => {
  const { app } = await connected();
  built.control_routers = 0;
  await app.connect('ann', new FakeSocket());
  await app.connect('ann', new FakeSocket());
  expect(built.control_routers).toBe(0);
});
