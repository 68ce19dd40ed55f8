import type { RouteContext } from './route-context.ts';
import type { RoutedMessage } from './routed-message.ts';

/**
 * Takes messages of some types. One handler serves all connections: what it needs of one comes with each message.
 * Any object with the two methods will do.
 */
export interface MessageHandler<C extends RouteContext = RouteContext> {
  /** Shown in orders and statistics; left out, the class's name is. */
  readonly name?: string;
  /**
   * The types that `canHandle` may accept; it is asked for no other. The router reads this once, when the handler is
   * added, and then finds the handler without a scan. Needed for types that are not wire types: undeclared, they are unknown.
   */
  readonly supportedTypes?: readonly string[];
  /** `addHandler` puts it before handlers of lower priority. Left out: 0. */
  readonly priority?: number;
  canHandle(type: string): boolean;
  /** Whether it went well; `false` is an answer, not an error. */
  handleMessage(context: C, message: RoutedMessage): boolean | Promise<boolean>;
  /** Goes into the router's `handler_stats`. */
  getStats?(): Readonly<Record<string, unknown>>;
}

/** Throws `TypeError` unless the value has both methods. A bare function is refused: {@link handlerFor} makes a handler of it. */
export function assertHandler(value: unknown): asserts value is MessageHandler {
  if (typeof value === 'function') {
    throw new TypeError(
      `A handler is an object, not the function ${value.name || '(anonymous)'}: use handlerFor(type, fn)`,
    );
  }
  const candidate = value as Partial<MessageHandler> | null | undefined;
  for (const method of ['canHandle', 'handleMessage'] as const) {
    if (typeof candidate?.[method] !== 'function') {
      throw new TypeError(`A handler has a method ${method}; ${describe(value)} has none`);
    }
  }
}

/** The handler's own name, or its class's. */
export function handlerName(handler: MessageHandler<never>): string {
  return handler.name || handler.constructor?.name || 'Object';
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `an object of class ${value.constructor?.name ?? 'null'}`;
}
