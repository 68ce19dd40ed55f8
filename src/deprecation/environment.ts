/** What whoever starts the process says. A bundler for browsers takes `environment-browser.ts` instead. */
import { emitWarning, environment, nodeProcess } from './host.ts';
import { type Policy, patternOf, type Rule } from './pattern.ts';
import type { Deprecation } from './registry.ts';

let read: { readonly text: string | undefined; readonly rules: readonly Rule[] } | undefined;

/** `REROUTE_DEPRECATIONS=core/*=throw,*=silence`. What cannot be understood counts for nothing: the host has to start. */
export function rulesOfEnvironment(): readonly Rule[] {
  const text = environment('REROUTE_DEPRECATIONS');
  if (read?.text !== text || !read) {
    const rules = (text ?? '').split(',').flatMap((part): readonly Rule[] => {
      const [, pattern, policy] = /^(.+)=\s*(silence|warn|throw)\s*$/.exec(part) ?? [];
      return pattern ? [{ pattern: patternOf(pattern), policy: policy as Policy }] : [];
    });
    read = { text, rules };
  }
  return read.rules;
}

/** The policy of a phase under the flags that Node was started with. Source: https://nodejs.org/api/cli.html */
export function policyOfPhase(phase: Deprecation['phase']): Policy {
  const process = nodeProcess();
  if (process?.noDeprecation || (phase === 'pending' && !wantsPending())) return 'silence';
  return phase === 'error' || process?.throwDeprecation ? 'throw' : 'warn';
}

/** Node does not tell whether it runs with the flag. */
function wantsPending(): boolean {
  const flag = '--pending-deprecation';
  return (
    (nodeProcess()?.execArgv ?? []).includes(flag) ||
    (environment('NODE_OPTIONS') ?? '').split(/\s+/).includes(flag) ||
    environment('NODE_PENDING_DEPRECATION') === '1'
  );
}

/**
 * Whether `REROUTE_FALLBACK=core/message_router,…` asks for the old implementation of a deprecated module instead of its
 * replacement. It warns when it does. Asked by a proxy once, when it is loaded.
 */
export function isFallback(module: string, code: string): boolean {
  const asked = (environment('REROUTE_FALLBACK') ?? '').split(',').find((text) => text && patternOf(text).test(module));
  if (!asked) return false;
  emitWarning(`${module} hands out its old implementation`, {
    code,
    detail: `REROUTE_FALLBACK=${asked} asks for it. Start without it to use the new one.`,
  });
  return true;
}
