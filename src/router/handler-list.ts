import { assertHandler, type MessageHandler } from './message-handler.ts';
import type { RouteContext } from './route-context.ts';

/** The handlers of a router in the order in which they are asked: custom ones, then built-in ones. */
export class HandlerList<C extends RouteContext> {
  readonly #custom: MessageHandler<C>[] = [];
  readonly #builtIn: MessageHandler<C>[];

  constructor(builtIn: readonly MessageHandler<C>[]) {
    for (const handler of builtIn) assertHandler(handler);
    this.#builtIn = [...builtIn];
  }

  get all(): readonly MessageHandler<C>[] {
    return [...this.#custom, ...this.#builtIn];
  }

  get customCount(): number {
    return this.#custom.length;
  }

  get count(): number {
    return this.#custom.length + this.#builtIn.length;
  }

  /** Appends to the custom ones, before those of lower priority at the end. */
  add(handler: MessageHandler<C>): void {
    assertHandler(handler);
    let index = this.#custom.length;
    while (index > 0 && priorityOf(this.#custom[index - 1]!) < priorityOf(handler)) index--;
    this.#custom.splice(index, 0, handler);
  }

  /** Puts it at an index of the custom ones, whatever its priority. The index is clamped. */
  insert(handler: MessageHandler<C>, index: number): void {
    assertHandler(handler);
    const clamped = Math.min(Math.max(Math.trunc(index) || 0, 0), this.#custom.length);
    this.#custom.splice(clamped, 0, handler);
  }

  /** Whether it was there. Only the very same object goes, once. */
  remove(handler: MessageHandler<C>): boolean {
    for (const list of [this.#custom, this.#builtIn]) {
      const index = list.indexOf(handler);
      if (index >= 0) {
        list.splice(index, 1);
        return true;
      }
    }
    return false;
  }
}

function priorityOf(handler: MessageHandler<never>): number {
  return handler.priority ?? 0;
}
