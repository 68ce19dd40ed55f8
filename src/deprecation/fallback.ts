import { emitWarning, environment } from './host.ts';
import { patternOf } from './policy.ts';

/**
 * Whether `REROUTE_FALLBACK=core/message_router,…` asks for the old implementation of a deprecated module instead of its
 * replacement. It warns when it does. Asked by a proxy once, when it is loaded.
 */
export function isFallback(module: string, code: string): boolean {
  const patterns = (environment('REROUTE_FALLBACK') ?? '').split(',').filter((text) => text.trim() !== '');
  const asked = patterns.find((text) => patternOf(text.trim()).test(module));
  if (asked === undefined) return false;
  emitWarning(`${module} hands out its old implementation`, {
    code,
    detail: `REROUTE_FALLBACK=${asked} asks for it. Start without it to use the new one.`,
  });
  return true;
}
