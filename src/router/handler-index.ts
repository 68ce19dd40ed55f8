import type { MessageHandler } from './message-handler.ts';
import type { RouteContext } from './route-context.ts';

interface Entry<C extends RouteContext> {
  readonly position: number;
  readonly handler: MessageHandler<C>;
}

/**
 * Finds the first handler of a list that takes a type, without asking all of them: those that declare `supportedTypes`
 * are looked up, only the others are scanned. The list's order decides, as if every handler were asked.
 */
export class HandlerIndex<C extends RouteContext> {
  readonly #declared = new Map<string, Entry<C>[]>();
  readonly #dynamic: Entry<C>[] = [];
  readonly #onError: (error: unknown, handler: MessageHandler<C>, type: string) => void;

  /** `onError` hears of a `canHandle` that throws; that handler is passed over. */
  constructor(
    handlers: readonly MessageHandler<C>[],
    onError: (error: unknown, handler: MessageHandler<C>, type: string) => void,
  ) {
    this.#onError = onError;
    handlers.forEach((handler, position) => {
      const entry = { position, handler };
      if (!Array.isArray(handler.supportedTypes)) this.#dynamic.push(entry);
      else for (const type of new Set<string>(handler.supportedTypes)) this.#declare(type, entry);
    });
  }

  /** Whether a handler declares the type. */
  declares(type: string): boolean {
    return this.#declared.has(type);
  }

  /** The first handler whose `canHandle` accepts the type; `undefined` when there is none. */
  find(type: string): MessageHandler<C> | undefined {
    const declared = this.#declared.get(type);
    const dynamic = this.#dynamic;
    let nextDeclared = 0;
    let nextDynamic = 0;
    for (;;) {
      const a = declared?.[nextDeclared];
      const b = dynamic[nextDynamic];
      if (a !== undefined && (b === undefined || a.position < b.position)) {
        nextDeclared++;
        if (this.#accepts(a.handler, type)) return a.handler;
      } else if (b !== undefined) {
        nextDynamic++;
        if (this.#accepts(b.handler, type)) return b.handler;
      } else return undefined;
    }
  }

  #declare(type: string, entry: Entry<C>): void {
    const entries = this.#declared.get(type);
    if (entries) entries.push(entry);
    else this.#declared.set(type, [entry]);
  }

  #accepts(handler: MessageHandler<C>, type: string): boolean {
    try {
      return handler.canHandle(type) === true;
    } catch (error) {
      this.#onError(error, handler, type);
      return false;
    }
  }
}
