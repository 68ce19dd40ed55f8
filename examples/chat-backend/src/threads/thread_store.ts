export interface Entry {
  readonly sequence: number;
  readonly author: string;
  readonly text: string;
  readonly posted_at: number;
}

export interface Thread {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly members: readonly string[];
  readonly entries: readonly Entry[];
}

/** Threads in memory; the production store has the same methods and is backed by Postgres. */
export class ThreadStore {
  private readonly threads = new Map<string, Thread>();
  private next_id = 1;

  create(owner: string, title: string, members: readonly string[]): Thread {
    const id = `t${this.next_id++}`;
    const thread = { id, title, owner, members: [...new Set([owner, ...members])], entries: [] };
    this.threads.set(id, thread);
    return thread;
  }

  find(id: string): Thread | undefined {
    return this.threads.get(id);
  }

  save(thread: Thread): Thread {
    this.threads.set(thread.id, thread);
    return thread;
  }

  of_member(user_id: string): Thread[] {
    return [...this.threads.values()].filter((thread) => thread.members.includes(user_id));
  }
}
