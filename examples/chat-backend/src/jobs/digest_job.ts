import type { MessageQueue } from '../queue/message_queue';
import type { ThreadService } from '../threads/thread_service';
import type { JobWorker } from './job_worker';

const HOUR_MS = 3_600_000;

/** Every hour, queues a digest for each subscriber who missed something. */
export function schedule_digests(
  worker: JobWorker,
  queue: MessageQueue,
  threads: ThreadService,
  subscribers: () => readonly string[],
): void {
  worker.register_handler(
    'digest',
    () => {
      for (const user_id of subscribers()) {
        const unread = threads.of_member(user_id).filter((thread) => thread.entries.at(-1)?.author !== user_id);
        const titles = unread.filter((thread) => thread.entries.length > 0).map((thread) => thread.title);
        if (titles.length > 0) queue.publish('digest', { user_id, titles });
      }
    },
    HOUR_MS,
  );
}
