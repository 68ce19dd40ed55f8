import { expect, it } from 'vitest';
import { WebSocketMessageRouter } from '@/services/message_router';
import { rate_limit_middleware } from '../../../src/rate_limit/rate_limit_middleware';
import { RateLimiter } from '../../../src/rate_limit/rate_limiter';
import { FakeClock, FakeConnection } from '../../support/fakes';

it('drops what is too much, tells the user, and lets go with time', async () => {
  const clock = new FakeClock();
  const limiter = new RateLimiter(2, 1, clock.read);
  const router = new WebSocketMessageRouter();
  router.add_middleware(rate_limit_middleware(limiter));
  router.add_route('chat', () => true);
  const connection = new FakeConnection();
  const send = (type: string) => router.route_message({ userId: 'ann', connection }, { type });
  expect([await send('chat'), await send('chat'), await send('chat')]).toEqual([true, true, false]);
  expect(connection.sent).toMatchObject([{ type: 'error_message', error_code: 'RATE_LIMITED' }]);
  clock.pass(1_000);
  expect(await send('chat')).toBe(true);
  expect(limiter.get_statistics()).toEqual({ allowed: 3, limited: 1, users: 1 });
});
