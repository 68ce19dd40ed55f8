import { expect, it } from 'vitest';
import { MessageRouter } from '@/core';
import { add_presence_routes } from '../../../src/presence/presence_routes';
import { PresenceTracker } from '../../../src/presence/presence_tracker';
import { FakeClock, FakeConnection } from '../../support/fakes';

function set_up() {
  const clock = new FakeClock();
  const presence = new PresenceTracker(60_000, clock.read);
  const router = new MessageRouter();
  add_presence_routes(router, presence);
  return { clock, presence, router };
}

it('takes every message as a sign of life', async () => {
  const { clock, presence, router } = set_up();
  const connection = new FakeConnection();
  await router.route_message({ userId: 'ann', connection }, { type: 'presence_query', payload: { users: ['ann', 'bob'] } });
  expect(connection.sent[0]).toMatchObject({ data: { users: { ann: 'online', bob: 'offline' } } });
  clock.pass(60_000);
  expect(presence.of('ann')).toBe('away');
});

it('forgets who disconnects, before anything else is done about it', async () => {
  const { presence, router } = set_up();
  router.register_handler('disconnect', () => presence.sign_of_life('ann'));
  await router.route_message({ userId: 'ann', connection: new FakeConnection() }, { type: 'disconnect' });
  expect(presence.of('ann')).toBe('offline');
});
