import { publish } from './host.ts';
import { type DeprecationUse, type Handler, registry } from './registry.ts';

/**
 * Tells a handler of each id and call site once, those that were before it came too. What the handler throws does not
 * reach who called. Returns a function that takes it away again.
 *
 * Node's `diagnostics_channel` of the name `reroute:deprecation` gets the same objects, without the earlier ones.
 */
export function subscribe(handler: Handler): () => void {
  const { handlers, told } = registry();
  handlers.add(handler);
  for (const use of [...told]) tell(handler, use);
  return () => handlers.delete(handler);
}

/** Hands a use to all who want to know. Never throws. */
export function announce(use: DeprecationUse): void {
  const { handlers, told } = registry();
  told.push(use);
  for (const handler of handlers) tell(handler, use);
  tell(publish, use);
}

function tell(handler: Handler, use: DeprecationUse): void {
  try {
    handler(use);
  } catch {
    // Who calls something deprecated is not to fall over a collector.
  }
}
