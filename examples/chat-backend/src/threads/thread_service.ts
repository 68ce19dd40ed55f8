import { ForbiddenError, InvalidPayloadError, NotFoundError } from '../core/errors';
import type { Clock } from '../core/types';
import type { Entry, Thread, ThreadStore } from './thread_store';

export class ThreadService {
  constructor(
    private readonly store: ThreadStore,
    private readonly clock: Clock = Date.now,
  ) {}

  create(owner: string, title: string, members: readonly string[] = []): Thread {
    if (title.trim() === '') throw new InvalidPayloadError('title');
    return this.store.create(owner, title.trim(), members);
  }

  exists(id: string): boolean {
    return this.store.find(id) !== undefined;
  }

  members(id: string): readonly string[] {
    return this.get(id).members;
  }

  post(id: string, author: string, text: string): Entry {
    const thread = this.get(id);
    if (!thread.members.includes(author)) throw new ForbiddenError(author, `write in ${id}`);
    const entry = { sequence: thread.entries.length + 1, author, text, posted_at: this.clock() };
    this.store.save({ ...thread, entries: [...thread.entries, entry] });
    return entry;
  }

  rename(id: string, user_id: string, title: string): Thread {
    const thread = this.get(id);
    if (thread.owner !== user_id) throw new ForbiddenError(user_id, `rename ${id}`);
    if (title.trim() === '') throw new InvalidPayloadError('title');
    return this.store.save({ ...thread, title: title.trim() });
  }

  history(id: string, user_id: string, after = 0): readonly Entry[] {
    const thread = this.get(id);
    if (!thread.members.includes(user_id)) throw new ForbiddenError(user_id, `read ${id}`);
    return thread.entries.filter((entry) => entry.sequence > after);
  }

  of_member(user_id: string): Thread[] {
    return this.store.of_member(user_id);
  }

  private get(id: string): Thread {
    const thread = this.store.find(id);
    if (!thread) throw new NotFoundError('Thread', id);
    return thread;
  }
}
