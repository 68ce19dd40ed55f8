/** Whether the router can be relied on. A new one gets a grace period in which handlers may still be missing. */
export type HandlerStatus = {
  readonly status: 'initializing' | 'ready' | 'error';
  readonly message: string;
  readonly handler_count: number;
  readonly elapsed_seconds: number;
  readonly grace_period_active: boolean;
  /** Names in order; only when ready. */
  readonly handlers?: readonly string[];
};

export const GRACE_PERIOD_MS = 10_000;

/** The status of a router that has these handlers since `elapsedMs`. */
export function handlerStatus(names: readonly string[], elapsedMs: number, gracePeriodMs: number): HandlerStatus {
  const facts = { handler_count: names.length, elapsed_seconds: elapsedMs / 1000 };
  if (elapsedMs < gracePeriodMs) {
    const message = `Starting: ${names.length} handlers after ${facts.elapsed_seconds} s of ${gracePeriodMs / 1000} s`;
    return { status: 'initializing', message, ...facts, grace_period_active: true };
  }
  if (names.length === 0) {
    return { status: 'error', message: 'No handler is registered', ...facts, grace_period_active: false };
  }
  const message = `${names.length} handlers registered`;
  return { status: 'ready', message, ...facts, grace_period_active: false, handlers: names };
}
