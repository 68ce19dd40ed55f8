import type { RouteContext } from './route-context.ts';
import type { RoutedMessage } from './routed-message.ts';

/** Sees a message before the handlers do. It returns the message, or another in its place; `null` drops it. */
export type Middleware<C extends RouteContext = RouteContext> = (
  message: RoutedMessage,
  context: C,
) => RoutedMessage | null | Promise<RoutedMessage | null>;

/**
 * The message as it leaves the last middleware; `null` as soon as one drops it. They run one after the other, in order.
 * Rejects with what a middleware throws, and with `TypeError` for one that returns no message.
 */
export async function runMiddleware<C extends RouteContext>(
  chain: readonly Middleware<C>[],
  message: RoutedMessage,
  context: C,
): Promise<RoutedMessage | null> {
  let current = message;
  for (const middleware of chain) {
    const next = await middleware(current, context);
    if (next === null || next === undefined) return null;
    if (typeof next.type !== 'string') throw new TypeError('A middleware returns a message or null');
    current = next;
  }
  return current;
}
