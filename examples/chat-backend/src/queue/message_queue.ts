export interface Job {
  readonly id: number;
  readonly topic: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly attempts: number;
}

export type JobHandler = (job: Job) => void | Promise<void>;

/** An in-process queue with one consumer per topic. What fails too often ends among the dead letters. */
export class MessageQueue {
  private readonly handlers = new Map<string, JobHandler>();
  private readonly waiting: Job[] = [];
  readonly dead_letters: Job[] = [];
  private next_id = 1;
  private processed = 0;

  constructor(private readonly max_attempts = 3) {}

  register_handler(topic: string, handler: JobHandler): void {
    if (this.handlers.has(topic)) throw new Error(`The topic ${topic} has a consumer already`);
    this.handlers.set(topic, handler);
  }

  publish(topic: string, body: Readonly<Record<string, unknown>>): Job {
    const job = { id: this.next_id++, topic, body, attempts: 0 };
    this.waiting.push(job);
    return job;
  }

  /** Works until nothing is waiting. */
  async drain(): Promise<number> {
    let finished = 0;
    for (let job = this.waiting.shift(); job; job = this.waiting.shift()) {
      if (await this.handle_message(job)) finished += 1;
    }
    return finished;
  }

  get_stats(): { readonly waiting: number; readonly processed: number; readonly dead: number } {
    return { waiting: this.waiting.length, processed: this.processed, dead: this.dead_letters.length };
  }

  private async handle_message(job: Job): Promise<boolean> {
    try {
      const handler = this.handlers.get(job.topic);
      if (!handler) throw new Error(`Nobody consumes ${job.topic}`);
      await handler(job);
      this.processed += 1;
      return true;
    } catch {
      const tried = { ...job, attempts: job.attempts + 1 };
      if (tried.attempts >= this.max_attempts) this.dead_letters.push(tried);
      else this.waiting.push(tried);
      return false;
    }
  }
}
