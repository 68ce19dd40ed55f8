import { expect, it, vi } from 'vitest';
import { schedule_digests } from '../../../src/jobs/digest_job';
import { JobWorker } from '../../../src/jobs/job_worker';
import { MessageQueue } from '../../../src/queue/message_queue';
import { ThreadService } from '../../../src/threads/thread_service';
import { ThreadStore } from '../../../src/threads/thread_store';
import { FakeClock } from '../../support/fakes';

it('runs what is due, and goes on after a failure', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = new FakeClock();
  const worker = new JobWorker(clock.read);
  worker.register_handler('broken', () => Promise.reject(new Error('no')), 500);
  worker.register_handler('fine', () => {}, 1_000);
  clock.pass(500);
  expect(await worker.tick()).toEqual(['broken']);
  clock.pass(500);
  expect(await worker.tick()).toEqual(['broken', 'fine']);
  expect(worker.get_stats()).toEqual({ jobs: 2, runs: 3, failures: 2 });
});

it('queues a digest for those who missed something', async () => {
  const clock = new FakeClock();
  const worker = new JobWorker(clock.read);
  const queue = new MessageQueue();
  const threads = new ThreadService(new ThreadStore());
  const digests: unknown[] = [];
  queue.register_handler('digest', ({ body }) => void digests.push(body));
  threads.create('ann', 'Launch', ['bob']);
  threads.post('t1', 'ann', 'Ready?');
  schedule_digests(worker, queue, threads, () => ['ann', 'bob']);
  clock.pass(3_600_000);
  await worker.tick();
  await queue.drain();
  expect(digests).toEqual([{ user_id: 'bob', titles: ['Launch'] }]);
});
