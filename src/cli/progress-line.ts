import type { Progress } from '../run/progress.ts';

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  survey: 'searching',
  prove: 'asking the type checker',
  splice: 'editing',
  check: 'checking the types of what changed',
  write: 'writing',
  gate: 'running',
};

/** The part of a stream that a progress line needs. */
export interface LineStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line on a terminal that is written over and cleared at the end; nothing at all in a pipe. */
export class ProgressLine {
  readonly #stream: LineStream;
  readonly #isOn: boolean;
  #isShown = false;

  constructor(stream: LineStream, env: NodeJS.ProcessEnv) {
    this.#stream = stream;
    this.#isOn = stream.isTTY === true && env.TERM !== 'dumb' && !env.CI;
  }

  show(event: Progress): void {
    this.say(progressWords(event));
  }

  say(text: string): void {
    if (!this.#isOn) return;
    const width = (this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r\u001b[2K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
    this.#isShown = true;
  }

  clear(): void {
    if (!this.#isShown) return;
    this.#stream.write('\r\u001b[2K');
    this.#isShown = false;
  }
}

/** `production: writing 12 of 61`, `production: running npm test`. */
export function progressWords({ phase, stage, done, total, detail }: Progress): string {
  const number = done === undefined ? (total ?? '') : `${done} of ${total}`;
  return [`${phase}:`, STAGES[stage], detail ?? '', number].filter((word) => word !== '').join(' ');
}
