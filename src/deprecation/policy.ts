import { policyOfPhase, rulesOfEnvironment } from './environment.ts';
import { type Policy, patternOf, type Rule } from './pattern.ts';
import type { Deprecation } from './registry.ts';
import { registry } from './registry.ts';

function matches(pattern: RegExp, { id, name, code }: Deprecation): boolean {
  return pattern.test(id) || pattern.test(name) || pattern.test(code);
}

/** `{ 'core/*': 'throw' }` as rules. Throws on a policy that there is not. */
export function rulesOf(policies: Readonly<Record<string, Policy>>): readonly Rule[] {
  return Object.entries(policies).map(([text, policy]) => {
    if (!/^(silence|warn|throw)$/.test(policy)) {
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
  return policyOfPhase(deprecation.phase);
}
