import type { MessageHandler } from './message-handler.ts';
import type { RouteContext } from './route-context.ts';
import type { RoutedMessage } from './routed-message.ts';

/** Takes one message. Only `false` says that it did not go well; returning nothing is fine. */
export type RouteHandler<C extends RouteContext = RouteContext> = (
  context: C,
  message: RoutedMessage,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler may return nothing
) => boolean | void | Promise<boolean | void>;

/**
 * A handler that gives every message of one type to a function; higher priorities are added before lower ones.
 * The type may be one of the application's own. For those who come from `register_handler(type, fn)`.
 */
export function handlerFor<C extends RouteContext = RouteContext>(
  type: string,
  handler: RouteHandler<C>,
  priority = 0,
): MessageHandler<C> {
  return new TypeHandler(type, handler, priority);
}

class TypeHandler<C extends RouteContext> implements MessageHandler<C> {
  readonly name: string;
  readonly supportedTypes: readonly [string];
  readonly priority: number;
  readonly #handler: RouteHandler<C>;

  constructor(type: string, handler: RouteHandler<C>, priority: number) {
    if (typeof type !== 'string' || type === '')
      throw new TypeError(`A handler is for a type, not for ${String(type)}`);
    if (typeof handler !== 'function')
      throw new TypeError(`The handler for ${type} is a function, not ${typeof handler}`);
    if (Number.isNaN(priority)) throw new TypeError(`The handler for ${type} has a priority that is a number`);
    this.name = `TypeHandler(${type})`;
    this.supportedTypes = [type];
    this.priority = priority;
    this.#handler = handler;
  }

  canHandle(type: string): boolean {
    return type === this.supportedTypes[0];
  }

  async handleMessage(context: C, message: RoutedMessage): Promise<boolean> {
    return (await this.#handler(context, message)) !== false;
  }
}
