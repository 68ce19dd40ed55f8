import type { FleetResult } from '../fleet/task.ts';
import type { Session } from './session.ts';

/** What is being done on which targets: one line while they are at work, and a line for each that ends. */
export class FleetProgress {
  readonly #session: Session;
  readonly #total: number | undefined;
  readonly #working = new Map<string, string>();
  #ended = 0;

  /** `total`: how many there are, where that is known. */
  constructor(session: Session, total?: number) {
    this.#session = session;
    this.#total = total;
  }

  at(name: string, text: string): void {
    this.#working.set(name, text);
    this.#show();
  }

  done(result: FleetResult): void {
    this.#working.delete(result.name);
    this.#ended++;
    this.#session.print(
      `${stateWord(this.#session, result)}  ${result.name}  ${this.#session.palette.dim(words(result))}`,
    );
    this.#show();
  }

  end(): void {
    this.#session.progress.clear();
  }

  #show(): void {
    const each = [...this.#working].map(([name, text]) => `${name}: ${text}`);
    const ended = this.#total === undefined ? `${this.#ended} ended` : `${this.#ended} of ${this.#total}`;
    this.#session.progress.say([ended, ...each].join('  ·  '));
  }
}

function stateWord({ palette }: Session, { state }: FleetResult): string {
  const { green, dim, red } = palette;
  return { done: green('done     '), nochange: dim('no change'), failed: red('failed   '), error: red('error    ') }[
    state
  ];
}

function words({ phases, error, seconds }: FleetResult): string {
  const last = phases.at(-1);
  const files = new Set(phases.flatMap((phase) => phase.files)).size;
  const review = phases.reduce((sum, phase) => sum + phase.review, 0);
  const what = error
    ? error.message
    : last?.gate !== undefined
      ? `${last.phase}: gate ${last.gate}`
      : `${files} ${files === 1 ? 'file' : 'files'}, ${review} for review`;
  return `${what}, ${seconds.toFixed(1)} s`;
}
