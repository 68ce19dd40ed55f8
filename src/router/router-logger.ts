/** Where a router tells what went wrong. `details.error` is what was thrown. */
export interface RouterLogger {
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details: Readonly<Record<string, unknown>> & { readonly error: unknown }): void;
}

/** Writes to the console, with a prefix to find it by. */
export const CONSOLE_LOGGER: RouterLogger = {
  warn: (message, details) => console.warn(`[message-router] ${message}`, details ?? ''),
  error: (message, details) => console.error(`[message-router] ${message}`, details),
};

/** The same logger, except that one that throws ends no message: both errors go to the console. */
export function guarded(logger: RouterLogger): RouterLogger {
  const guard =
    <D extends Readonly<Record<string, unknown>> | undefined>(write: (message: string, details: D) => void) =>
    (message: string, details: D): void => {
      try {
        write(message, details);
      } catch (error) {
        console.error('[message-router] the logger threw', { error, message, details });
      }
    };
  return {
    warn: guard((message, details) => logger.warn(message, details)),
    error: guard((message, details) => logger.error(message, details)),
  };
}
