import { expect, it, vi } from 'vitest';
import { add_fallback, create_direct_message_router } from '@/gateway/direct_messages';
import { ConnectionManager } from '@/services';
import { FakeConnection } from '../support/fakes';

it('delivers to the open tabs of the user', async () => {
  const connections = new ConnectionManager();
  const tabs = [new FakeConnection('c1'), new FakeConnection('c2')];
  for (const tab of tabs) connections.add('bob', tab);
  const router = create_direct_message_router(connections);
  const from_ann = { userId: 'ann', connection: new FakeConnection('gateway') };
  const payload = { to: 'bob', text: 'hi' };
  expect(await router.route_message(from_ann, { type: 'direct_message', payload })).toBe(true);
  expect(await router.route_message(from_ann, { type: 'direct_message', payload: { to: 'eve', text: 'hi' } })).toBe(false);
  for (const tab of tabs) expect(tab.sent).toMatchObject([{ data: { from: 'ann', text: 'hi' } }]);
});

it('falls back only for what nothing else takes', async () => {
  const router = create_direct_message_router(new ConnectionManager());
  const fallback = vi.fn();
  add_fallback(router, 'direct_message', fallback);
  add_fallback(router, 'room_message', fallback);
  add_fallback(undefined, 'broadcast', fallback);
  const context = { userId: 'ann', connection: new FakeConnection() };
  await router.route_message(context, { type: 'direct_message' });
  await router.route_message(context, { type: 'room_message' });
  expect(fallback).toHaveBeenCalledOnce();
});
