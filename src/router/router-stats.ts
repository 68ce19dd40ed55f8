import { handlerName, type MessageHandler } from './message-handler.ts';
import type { HandlerStatus } from './readiness.ts';
import type { RouterLogger } from './router-logger.ts';

/** Counts since the router was made. */
export type RouteCounts = {
  readonly messages_routed: number;
  readonly unhandled_messages: number;
  readonly handler_errors: number;
};

export type RouterStats = RouteCounts & {
  /** Only known types have an entry, so clients cannot make it grow. */
  readonly message_types: Readonly<Record<string, number>>;
  /** By name: the handler's own statistics or `{ status: 'active' }`. A name that comes again gets ` #2` and so on. */
  readonly handler_stats: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `[0] ConnectionHandler`, in the order in which they are asked. */
  readonly handler_order: readonly string[];
  readonly handler_count: number;
  readonly handler_status: HandlerStatus;
};

/** The shape that the old core router reported. */
export type RouterStatistics = {
  readonly total_messages: number;
  /** Custom handlers. */
  readonly active_routes: number;
  readonly middleware_count: number;
  /** Held back by a middleware. The original did not count them. */
  readonly dropped_messages: number;
  /** Whether there is any handler. */
  readonly active: boolean;
  readonly production_stats: RouteCounts;
};

/** Counts of one router. */
export class RouterCounters {
  routed = 0;
  unhandled = 0;
  errors = 0;
  dropped = 0;
  readonly #types = new Map<string, number>();

  countType(type: string): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  get counts(): RouteCounts {
    return { messages_routed: this.routed, unhandled_messages: this.unhandled, handler_errors: this.errors };
  }

  get types(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#types);
  }
}

/** The statistics of handlers by name. One that throws is reported and shown as `{ status: 'error' }`. */
export function handlerStats(
  handlers: readonly MessageHandler<never>[],
  logger: RouterLogger,
): Record<string, Readonly<Record<string, unknown>>> {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    handlers.map((handler) => {
      const name = handlerName(handler);
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return [nth === 1 ? name : `${name} #${nth}`, statsOf(handler, logger)];
    }),
  );
}

function statsOf(handler: MessageHandler<never>, logger: RouterLogger): Readonly<Record<string, unknown>> {
  try {
    return handler.getStats?.() ?? { status: 'active' };
  } catch (error) {
    logger.error(`${handlerName(handler)}.getStats() threw`, { error });
    return { status: 'error' };
  }
}
