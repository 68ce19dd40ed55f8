/** What a stage took, in milliseconds, without what other stages took inside it. */
export interface Timing {
  readonly stage: string;
  readonly milliseconds: number;
}

/** Tells where the time of a command goes. Stages may nest and come back; each millisecond counts for one of them. */
export class Stopwatch {
  readonly #clock: () => number;
  readonly #sums = new Map<string, number>();
  readonly #stack: string[] = [];
  #since: number;

  /** `clock` gives milliseconds from any start on. */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#since = clock();
  }

  /** What `work` gives; its time is the stage's. */
  time<T>(stage: string, work: () => T): T {
    this.#enter(stage);
    try {
      return work();
    } finally {
      this.#leave();
    }
  }

  /** As {@link Stopwatch.time}, for work that is waited for. Two of them must not overlap. */
  async timeAsync<T>(stage: string, work: () => Promise<T>): Promise<T> {
    this.#enter(stage);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** In the order in which stages were first entered; `other` is what no stage took. */
  timings(): readonly Timing[] {
    this.#count();
    const { other = 0, ...stages } = Object.fromEntries(this.#sums);
    return Object.entries({ ...stages, other }).map(([stage, milliseconds]) => ({ stage, milliseconds }));
  }

  #enter(stage: string): void {
    this.#count();
    this.#stack.push(stage);
    if (!this.#sums.has(stage)) this.#sums.set(stage, 0);
  }

  #leave(): void {
    this.#count();
    this.#stack.pop();
  }

  #count(): void {
    const now = this.#clock();
    const stage = this.#stack.at(-1) ?? 'other';
    this.#sums.set(stage, (this.#sums.get(stage) ?? 0) + now - this.#since);
    this.#since = now;
  }
}
