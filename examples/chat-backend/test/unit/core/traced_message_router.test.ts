import { expect, it } from 'vitest';
import { TracedMessageRouter } from '../../../src/core';
import { rate_limit_middleware } from '../../../src/rate_limit/rate_limit_middleware';
import { RateLimiter } from '../../../src/rate_limit/rate_limiter';
import { FakeClock, FakeConnection } from '../../support/fakes';

it('tells which middleware dropped a message', async () => {
  const clock = new FakeClock();
  const router = new TracedMessageRouter(clock.read);
  router.add_middleware((message) => message);
  router.add_middleware(rate_limit_middleware(new RateLimiter(1, 1, clock.read)));
  const context = { userId: 'ann', connection: new FakeConnection() };
  await router.route_message(context, { type: 'chat' });
  await router.route_message(context, { type: 'direct_message' });
  expect(router.traces.map(({ index, type, dropped }) => [index, type, dropped])).toEqual([
    [0, 'chat', false],
    [1, 'chat', false],
    [0, 'direct_message', false],
    [1, 'direct_message', true],
  ]);
  expect(router.dropped_types()).toEqual(['direct_message']);
});
