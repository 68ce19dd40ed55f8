import { expect, it, vi } from 'vitest';
import { Notifier } from '@/notifications/notifier';
import { MessageQueue } from '@/queue/message_queue';
import { websocket_event_router } from '@/services/websocket/event_router';

vi.mock('@/services/websocket/event_router');

it('pushes to users who are there', async () => {
  vi.mocked(websocket_event_router.route_event).mockResolvedValueOnce(true);
  expect(await new Notifier(new MessageQueue()).notify('ann', 'hi')).toBe('pushed');
});

it('queues a mail for the others', async () => {
  vi.mocked(websocket_event_router.route_event).mockResolvedValueOnce(false);
  const queue = new MessageQueue();
  expect(await new Notifier(queue).notify('bob', 'hi')).toBe('queued');
  expect(queue.get_stats().waiting).toBe(1);
});
