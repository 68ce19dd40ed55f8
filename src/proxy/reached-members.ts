import type { DeprecatedModule } from './deprecated-module.ts';
import type { DescribeContext, ReplacedClass } from './describe-context.ts';
import { fitsAny } from './forward-call.ts';
import type { ProxyGaps } from './proxy-gaps.ts';
import type { ProxyMember, ReachedMember } from './proxy-module.ts';
import { type TurnedCall, turnCall } from './turn-call.ts';

interface Surroundings {
  readonly module: DeprecatedModule;
  readonly context: DescribeContext;
  readonly gaps: ProxyGaps;
  readonly isAdapter: boolean;
}

/**
 * The canonical members whose calls must reach what subclasses have under deprecated names: in an adapter, which is a
 * class of its own, all that can be; on the canonical class only those that a subclass in the target overrides.
 */
export function reachedMembers(
  { old, move, deprecated }: ReplacedClass,
  members: readonly ProxyMember[],
  { module, context, gaps, isAdapter }: Surroundings,
): readonly ReachedMember[] {
  const overridden = context.overridden(move);
  return members.flatMap(({ surface, isStatic, forward }): ReachedMember[] => {
    const { name } = surface;
    const places = overridden.get(name);
    const said = (move.overrides ?? []).filter(({ to }) => to.member === name);
    if (isStatic || !forward || surface.kind !== 'method') return [];
    if (!isAdapter && !places && said.length === 0) return [];
    const own = deprecated.mappings.filter((one) => one.of === 'member' && one.name === name);
    const callable = own.filter((mapping) => fitsAny(mapping, surface.signatures));
    // What takes most leaves least out.
    const derived = callable
      .toSorted((a, b) => (b.parameters?.length ?? 0) - (a.parameters?.length ?? 0))
      .flatMap((mapping) => turnCall(mapping) ?? []);
    const turned = said.length > 0 ? said.map(saidTurn) : firstOfEach(derived);
    const here = (places ?? []).filter(({ of }) => of.file === module.surface.file && of.name === old.name);
    if (turned.length === 0 && derived.length > 0 && here.length > 0) {
      const [{ member }] = derived as [TurnedCall];
      gaps.problem(
        'PROXY_OVERRIDE',
        old.name,
        `${name} is overridden in ${here.map(({ shown }) => shown).join(', ')}, and ${member} cannot be said to it: ` +
          `'${callable[0]!.source.from}' becomes '${callable[0]!.source.to}'`,
        `overrides: { '${name}(${(callable[0]!.parameters ?? []).map((one) => `it.${one.name}`).join(', ')})': '${member}(it)' },`,
      );
    }
    const freeNames = [...new Set(said.flatMap(({ to }) => to.freeNames))];
    return turned.map((one) => ({ member: one.member, deprecated: name, turned: one.turned!, freeNames }));
  });
}

/** `register_handler(registration.type)` of `addHandler(registration)`. */
function saidTurn({ name, parameters, to }: NonNullable<ReplacedClass['move']['overrides']>[number]): TurnedCall {
  const list = (parameters ?? []).map((one) => `${one.rest ? '...' : ''}${one.name}`);
  return { member: name, turned: `(${list.join(', ')}) => [${to.text.slice(to.text.indexOf('(') + 1, -1)}]` };
}

function firstOfEach(turns: readonly TurnedCall[]): readonly TurnedCall[] {
  const known = turns.filter(({ turned }) => turned !== undefined);
  return known.filter(({ member }, at) => known.findIndex((other) => other.member === member) === at);
}
