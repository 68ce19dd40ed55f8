import type { MemberSurface } from '../compiler/surface.ts';
import { formatExport, type Mapping } from '../manifest/migration.ts';
import { memberMappings } from './canonical-members.ts';
import { type DeprecatedModule, isState, isTypeScript, localName } from './deprecated-module.ts';
import { describeCalls } from './describe-calls.ts';
import type { DescribeContext, ReplacedClass } from './describe-context.ts';
import { fitsAny } from './forward-call.ts';
import type { ProxyGaps } from './proxy-gaps.ts';
import type { ClassEntry, Notice, ProxyEntry, ProxyMember } from './proxy-module.ts';
import { showMember } from './proxy-problem.ts';
import { reachedMembers } from './reached-members.ts';
import { parameterNames } from './type-parameters.ts';

/**
 * What the proxy exports for a class: the canonical class itself when nothing is missing in it, else with the deprecated
 * members installed on it or, when it is made in another way, a class of its own.
 */
export function describeClass(
  module: DeprecatedModule,
  context: DescribeContext,
  gaps: ProxyGaps,
  replaced: ReplacedClass,
): ProxyEntry {
  return new ClassDescriber(module, context, gaps, replaced).describe();
}

class ClassDescriber {
  readonly #module: DeprecatedModule;
  readonly #context: DescribeContext;
  readonly #gaps: ProxyGaps;
  readonly #replaced: ReplacedClass;
  readonly #isAdapter: boolean;
  readonly #members: ProxyMember[] = [];
  readonly #retyped: ClassEntry['retyped'][number][] = [];

  constructor(module: DeprecatedModule, context: DescribeContext, gaps: ProxyGaps, replaced: ReplacedClass) {
    this.#module = module;
    this.#context = context;
    this.#gaps = gaps;
    this.#replaced = replaced;
    this.#isAdapter = context.members.needsAdapter(replaced.deprecated);
  }

  describe(): ProxyEntry {
    const { old, canonical, move } = this.#replaced;
    this.#compare(false);
    this.#compare(true);
    const replacement = formatExport(move.canonical);
    const from = this.#context.source(move.canonical, this.#module);
    if (!this.#isAdapter && this.#members.length === 0 && this.#retyped.length === 0) {
      return { form: 're-export', name: old.name, from, typeOnly: false, replacement };
    }
    return {
      form: this.#isAdapter ? 'adapter' : 'members',
      name: old.name,
      local: localName(this.#module, old),
      canonical: from,
      canonicalName: move.canonical.name === 'default' ? 'Class' : move.canonical.name,
      canonicalRef: move.canonical,
      replacement,
      typeParameters: old.typeParameters,
      typeArguments: canonical.typeParameters === '' ? '' : parameterNames(old.typeParameters),
      abstract: canonical.abstract,
      construct: this.#construct(),
      members: this.#members,
      reached: reachedMembers(this.#replaced, this.#members, {
        module: this.#module,
        context: this.#context,
        gaps: this.#gaps,
        isAdapter: this.#isAdapter,
      }),
      retyped: this.#retyped,
      scope: old.declaredIn,
    };
  }

  /** Finds the members, or statics, that the canonical class lacks or types otherwise. */
  #compare(isStatic: boolean): void {
    const { old, canonical, deprecated } = this.#replaced;
    const relevant = memberMappings({ deprecated, surface: old });
    const now = new Set((isStatic ? canonical.statics : canonical.members).map(({ name }) => name));
    for (const surface of isStatic ? old.statics : old.members) {
      const own = relevant.filter(({ name }) => name === surface.name);
      if (own.length > 0 && now.has(surface.name)) {
        const text = `${showMember(surface)} is mapped to ${own[0]!.source.to}`;
        this.#gaps.problem('PROXY_MEMBER_TAKEN', old.name, text);
      } else if (own.length > 0) {
        this.#members.push(this.#member(surface, isStatic, own));
      } else if (!now.has(surface.name)) {
        if (isState(this.#module, surface)) this.#gaps.unkept.push(`${old.name}.${surface.name}`);
        else this.#gaps.unmapped(old, surface, isStatic ? undefined : canonical);
      } else if (isTypeScript(this.#module) && this.#context.carriers.areNamed(typeText(surface), old.declaredIn)) {
        this.#retyped.push({ surface, isStatic });
      }
    }
  }

  #construct(): ClassEntry['construct'] {
    const { old, move, deprecated } = this.#replaced;
    const own = deprecated.mappings.filter(({ of }) => of === 'construct');
    if (own.length === 0) return undefined;
    const notice: Notice = {
      id: `${this.#module.path}#${old.name}.new`,
      name: `new ${old.name}`,
      replacement: own.map(({ to }) => `new ${move.canonical.name}${to.text}`).join(' or '),
      facts: move.deprecation,
    };
    const { signatures } = old;
    return { signatures, forward: describeCalls(this.#gaps, old, { name: 'new', signatures, own }), notice };
  }

  #member(surface: MemberSurface, isStatic: boolean, mappings: readonly Mapping[]): ProxyMember {
    const { old, move } = this.#replaced;
    const { name, signatures } = surface;
    // Mappings that several classes share may be for calls that this one never had.
    const callable = mappings.filter((mapping) => fitsAny(mapping, signatures));
    const own = callable.length > 0 ? callable : mappings;
    const installed = this.#isAdapter ? [] : this.#context.members.installed(move, name).map(({ mapping }) => mapping);
    const notice = this.#notice(surface, isStatic, this.#isAdapter ? mappings : installed);
    const replacement = own.map(({ source }) => source.to).join(' or ');
    const rename = own.find(({ parameters }) => parameters === undefined);
    if (surface.kind !== 'method' && (signatures.length === 0 || rename)) {
      const why = `only calls are mapped (${own[0]!.source.from}), and it is no method`;
      if (!rename) this.#gaps.unmapped(old, surface, undefined, why);
      return { surface, isStatic, forward: undefined, renamedTo: (rename ?? own[0]!).to.text, replacement, notice };
    }
    const all = this.#context.ownOnly ? [] : [...new Set([...mappings, ...installed])];
    const others = all.filter((mapping) => !own.includes(mapping));
    const forward = describeCalls(this.#gaps, old, { name, signatures, own, others });
    return { surface, isStatic, forward, renamedTo: undefined, replacement, notice };
  }

  /** What a call of the member warns of: installed members are the canonical class's, and named by it. */
  #notice({ name }: MemberSurface, isStatic: boolean, mappings: readonly Mapping[]): Notice {
    const { old, move } = this.#replaced;
    const owner = this.#isAdapter ? `${this.#module.path}#${old.name}` : formatExport(move.canonical);
    const className = this.#isAdapter ? old.name : move.canonical.name;
    return {
      id: `${owner}.${isStatic ? 'static ' : ''}${name}`,
      name: `${className}.${name}`,
      replacement: [...new Set(mappings.map(({ source }) => source.to))].join(' or '),
      facts: move.deprecation,
    };
  }
}

function typeText(member: MemberSurface): string {
  return member.kind === 'method' ? `{ ${member.signatures.map(({ text }) => text).join('; ')} }` : member.type;
}
