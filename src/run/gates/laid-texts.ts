import type { CompilerSession } from '../../compiler/contract.ts';
import type { TargetView } from '../../survey/target-view.ts';

/**
 * What a check lays over the target. The compiler is told when it is asked next, and only of what differs then: each time
 * it makes a program anew.
 */
export class LaidTexts {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #told = new Map<string, string | null>();
  readonly #wanted = new Map<string, string | null>();

  constructor(session: CompilerSession, view: TargetView) {
    this.#session = session;
    this.#view = view;
  }

  /** Lays a text over a file, relative; `undefined`: there is none. */
  lay(file: string, text: string | undefined): void {
    this.#wanted.set(file, text ?? null);
  }

  /** The compiler, with everything laid over the target that was to be. */
  session(): CompilerSession {
    const news = [...this.#wanted].filter(([file, text]) => this.#told.get(file) !== text);
    for (const [file, text] of news) this.#told.set(file, text);
    this.#wanted.clear();
    if (news.length > 0) this.#session.overlay(new Map(news.map(([file, text]) => [this.#view.absolute(file), text])));
    return this.#session;
  }
}
