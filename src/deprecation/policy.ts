import { environment, nodeProcess } from './host.ts';
import type { Deprecation } from './registry.ts';
import { registry } from './registry.ts';

/** What is done about a use beside counting it. `throw` throws where the deprecated thing is called. */
export type Policy = 'silence' | 'warn' | 'throw';

export interface Rule {
  readonly pattern: RegExp;
  readonly policy: Policy;
}

/**
 * A pattern for ids: `*` is any text, it may begin at any folder, and what follows a module's name may be left out.
 * `core/*`, `core/message_router`, `*#MessageRouter.register_handler`; names and codes match too.
 */
export function patternOf(text: string): RegExp {
  const inner = text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`(?:^|/)${inner}(?:\\.[cm]?[jt]sx?)?(?:#.*)?$`);
}

export function matches(pattern: RegExp, { id, name, code }: Deprecation): boolean {
  return pattern.test(id) || pattern.test(name) || pattern.test(code);
}

/** `{ 'core/*': 'throw' }` as rules. Throws on a policy that there is not. */
export function rulesOf(policies: Readonly<Record<string, Policy>>): readonly Rule[] {
  return Object.entries(policies).map(([text, policy]) => {
    if (policy !== 'silence' && policy !== 'warn' && policy !== 'throw') {
      throw new TypeError(`${text}=${policy}: a policy is silence, warn or throw`);
    }
    return { pattern: patternOf(text), policy };
  });
}

/** What to do about a use now: the application's rules, the environment's, then what Node was told, then the phase. */
export function policyOf(deprecation: Deprecation): Policy {
  const { rules, silenced } = registry();
  if (silenced?.getStore()?.some((pattern) => matches(pattern, deprecation))) return 'silence';
  const rule = [...rules, ...rulesOfEnvironment()].find(({ pattern }) => matches(pattern, deprecation));
  if (rule) return rule.policy;
  const { phase } = deprecation;
  const process = nodeProcess();
  if (process?.noDeprecation || (phase === 'pending' && !wantsPending())) return 'silence';
  return phase === 'error' || process?.throwDeprecation ? 'throw' : 'warn';
}

let read: { readonly text: string | undefined; readonly rules: readonly Rule[] } | undefined;

/** `REROUTE_DEPRECATIONS=core/*=throw,*=silence`. What cannot be understood counts for nothing: the host has to start. */
function rulesOfEnvironment(): readonly Rule[] {
  const text = environment('REROUTE_DEPRECATIONS');
  if (read?.text !== text || !read) {
    const rules = (text ?? '').split(',').flatMap((part): readonly Rule[] => {
      const [, pattern, policy] = /^\s*(.+)=\s*(silence|warn|throw)\s*$/.exec(part) ?? [];
      return pattern ? [{ pattern: patternOf(pattern.trim()), policy: policy as Policy }] : [];
    });
    read = { text, rules };
  }
  return read.rules;
}

/** Node does not tell whether it runs with `--pending-deprecation`. Source: https://nodejs.org/api/cli.html */
function wantsPending(): boolean {
  const flag = '--pending-deprecation';
  return (
    (nodeProcess()?.execArgv ?? []).includes(flag) ||
    (environment('NODE_OPTIONS') ?? '').split(/\s+/).includes(flag) ||
    environment('NODE_PENDING_DEPRECATION') === '1'
  );
}
