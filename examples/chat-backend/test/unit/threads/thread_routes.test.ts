import { beforeEach, expect, it, vi } from 'vitest';
import { MessageRouter } from '@/core/message_router';
import { add_thread_routes } from '@/threads/thread_routes';
import { ThreadService } from '@/threads/thread_service';
import { ThreadStore } from '@/threads/thread_store';
import { FakeConnection } from '../../support/fakes';

let threads: ThreadService;
let router: MessageRouter;
let ann: { userId: string; connection: FakeConnection };

beforeEach(() => {
  threads = new ThreadService(new ThreadStore());
  router = new MessageRouter();
  add_thread_routes(router, threads).add_middleware((message) => message);
  ann = { userId: 'ann', connection: new FakeConnection() };
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

it('creates a thread with its members', async () => {
  await router.route_message(ann, { type: 'thread_create', payload: { title: 'Launch', members: ['bob', 7] } });
  expect(ann.connection.sent[0]).toMatchObject({ type: 'thread_created', data: { thread_id: 't1', title: 'Launch' } });
  expect(threads.members('t1')).toEqual(['ann', 'bob']);
});

it('lists the threads of the user only', async () => {
  threads.create('ann', 'Hers');
  threads.create('bob', 'His');
  await router.route_message(ann, { type: 'thread_list' });
  expect(ann.connection.sent[0]).toMatchObject({ data: { threads: [{ thread_id: 't1', title: 'Hers' }] } });
});

it('gives the history after a sequence number', async () => {
  threads.create('ann', 'Hers');
  for (const text of ['one', 'two', 'three']) threads.post('t1', 'ann', text);
  await router.route_message(ann, { type: 'thread_history', thread_id: 't1', payload: { after: 1 } });
  expect(ann.connection.sent[0]).toMatchObject({ data: { entries: [{ text: 'two' }, { text: 'three' }] } });
});

it('does not show threads to others', async () => {
  threads.create('bob', 'His');
  expect(await router.route_message(ann, { type: 'thread_history', thread_id: 't1' })).toBe(false);
  const { production_stats } = router.get_statistics();
  expect(production_stats.handler_errors).toBe(1);
});
