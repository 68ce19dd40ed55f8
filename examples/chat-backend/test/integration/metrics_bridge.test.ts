import { expect, it } from 'vitest';
import { MessageRouter } from '../../src/core/message_router';
import { create_metrics_router, describe_metrics } from '../../src/metrics/metrics_bridge.js';
import { MessageQueue } from '../../src/queue/message_queue';
import { FakeConnection } from '../support/fakes';

it('serves the statistics of anything that has some', async () => {
  const queue = new MessageQueue();
  queue.register_handler('mail', () => {});
  const router: MessageRouter = create_metrics_router({ queue: () => queue.get_stats() });
  const connection = new FakeConnection();
  const context = { userId: 'agent-1', connection };
  expect(await router.route_message(context, { type: 'metrics_queue' })).toBe(true);
  expect(await router.route_message(context, { type: 'user_message' })).toBe(false);
  expect(connection.sent).toMatchObject([{ data: { waiting: 0, processed: 0, dead: 0 } }]);
  expect(describe_metrics(router)).toBe('2 metrics, read 2 times');
});
