import type { ExportSurface, MemberSurface, Surface } from '../compiler/surface.ts';
import {
  type Deprecated,
  type ExportMove,
  type ExportRef,
  formatExport,
  formatModule,
  type Mapping,
} from '../manifest/migration.ts';
import { type CanonicalMembers, memberMappings } from './canonical-members.ts';
import { fitsAny, forwardCall } from './forward-call.ts';
import { freeTypeNames } from './free-type-names.ts';
import type { ModuleScope } from './module-scope.ts';
import type { ClassEntry, Forward, Notice, ProxyEntry, ProxyMember, ProxyModule, Source } from './proxy-module.ts';
import { type ProxyProblem, showMember, suggestMapping } from './proxy-problem.ts';
import { parameterNames } from './type-parameters.ts';

/** One deprecated module: its text before the migration, and what replaces its exports. */
export interface DeprecatedModule {
  /** Relative to the target's root. */
  readonly path: string;
  readonly text: string;
  readonly scope: ModuleScope;
  readonly surface: Surface;
  readonly replaced: ReadonlyMap<string, { readonly move: ExportMove; readonly deprecated: Deprecated }>;
  /** Canonical modules in which exports that the manifest does not name are looked for, the nearest first. */
  readonly canonicals: readonly CanonicalModule[];
  /** The module moved as a whole to the first of {@link canonicals}. */
  readonly moved: boolean;
}

interface CanonicalModule {
  readonly ref: ExportRef['module'];
  readonly surface: Surface;
}

export interface DescribeContext {
  readonly members: CanonicalMembers;
  /** Forwards only calls that the class itself had, so that their types are known: for a check, never to be written. */
  readonly ownOnly?: boolean;
  /** The canonical export's surface. */
  canonical(ref: ExportRef): ExportSurface | undefined;
  /** How the proxy of `module` names an export. */
  source(ref: ExportRef, module: DeprecatedModule): Source;
}

export interface DescribedProxy {
  readonly proxy: ProxyModule;
  readonly problems: readonly ProxyProblem[];
  /** Fields of JavaScript classes, `Old.field`, that the canonical class does not have and nobody mapped. */
  readonly unkept: readonly string[];
}

/** What the proxy of a deprecated module exports, each export in the weakest form that works, and what has no form. */
export function describeProxy(module: DeprecatedModule, context: DescribeContext): DescribedProxy {
  return new ProxyDescriber(module, context).describe();
}

class ProxyDescriber {
  readonly #module: DeprecatedModule;
  readonly #context: DescribeContext;
  readonly #problems: ProxyProblem[] = [];
  readonly #stars = new Set<string>();
  readonly #unkept: string[] = [];

  constructor(module: DeprecatedModule, context: DescribeContext) {
    this.#module = module;
    this.#context = context;
  }

  describe(): DescribedProxy {
    const { path, scope, surface, moved, canonicals } = this.#module;
    const entries: ProxyEntry[] = [];
    const movedTo = moved
      ? this.#context.source({ module: canonicals[0]!.ref, name: '*' }, this.#module).specifier
      : undefined;
    for (const one of surface.exports.values()) {
      const replaced = this.#module.replaced.get(one.name);
      const twin = entries.find((entry) => this.#isTwin(entry, one.name));
      if (twin && twin.form !== 're-export' && twin.form !== 'type') {
        entries.push({ form: 'alias', name: one.name, local: twin.local });
        continue;
      }
      const entry = replaced ? this.#replaced(one, replaced.move, replaced.deprecated) : this.#other(one);
      if (entry) entries.push(entry);
    }
    // In plain JavaScript a name that no compiler needs is no loss.
    const language = /\.[cm]?tsx?$/.test(path) ? 'ts' : /\.cjs$/.test(path) || scope.commonJs ? 'cjs' : 'esm';
    return {
      proxy: { path, language, wholeExport: scope.wholeExport, movedTo, entries, stars: [...this.#stars] },
      problems: this.#problems,
      unkept: this.#unkept,
    };
  }

  /** Whether an entry stands for the same thing of the old module, replaced by the same. */
  #isTwin(entry: ProxyEntry, name: string): boolean {
    const { scope, replaced } = this.#module;
    const [a, b] = [replaced.get(entry.name), replaced.get(name)];
    const local = scope.exports.get(name);
    const same = (one: Deprecated): string => JSON.stringify(one.mappings.map(({ source }) => source));
    return (
      local !== undefined &&
      scope.exports.get(entry.name) === local &&
      a?.move === b?.move &&
      (a === undefined || b === undefined || same(a.deprecated) === same(b.deprecated))
    );
  }

  #replaced(old: ExportSurface, move: ExportMove, deprecated: Deprecated): ProxyEntry | undefined {
    const canonical = this.#context.canonical(move.canonical);
    if (!canonical) return undefined;
    const call = deprecated.mappings.filter(({ of }) => of === 'call');
    if (old.kind === 'class') return this.#class(old, canonical, move, deprecated);
    if (old.kind === 'function' && call.length > 0) return this.#function(old, move, call);
    for (const member of old.members) {
      if (canonical.members.some(({ name }) => name === member.name)) continue;
      this.#problem(
        'PROXY_UNMAPPED_MEMBERS',
        old.name,
        `${showMember(member)} is a member of a type: nothing can forward it`,
      );
    }
    return this.#same(old, move.canonical, canonical.name);
  }

  /** The canonical export itself: under its own type, or under the old one where that has more members. */
  #same(old: ExportSurface, ref: ExportRef, canonicalName: string): ProxyEntry {
    const canonical = this.#context.source(ref, this.#module);
    const replacement = formatExport(ref);
    const isValue = old.kind === 'function' || old.kind === 'constant';
    const type = old.kind === 'function' ? `{ ${old.signatures.map(({ text }) => text).join('; ')} }` : old.type;
    if (isValue && this.#isTypeScript && this.#speaksOfMembers(type, old.declaredIn)) {
      const local = this.#local(old);
      return {
        form: 'value',
        name: old.name,
        local,
        canonical,
        canonicalName,
        type,
        replacement,
        scope: old.declaredIn,
      };
    }
    const typeOnly = old.kind === 'interface' || old.kind === 'type';
    return { form: 're-export', name: old.name, from: canonical, typeOnly, replacement };
  }

  #function(old: ExportSurface, move: ExportMove, mappings: readonly Mapping[]): ProxyEntry {
    const ref = move.canonical;
    const notice: Notice = {
      id: `${this.#module.path}#${old.name}`,
      name: old.name,
      replacement: mappings.map(({ to }) => `${ref.name}${to.text}`).join(' or '),
    };
    const forward = this.#forward(old, old.name, old.signatures, mappings, []);
    return {
      form: 'function',
      name: old.name,
      local: this.#local(old),
      canonical: this.#context.source(ref, this.#module),
      canonicalName: ref.name,
      signatures: old.signatures,
      forward,
      notice,
      scope: old.declaredIn,
    };
  }

  #class(old: ExportSurface, canonical: ExportSurface, move: ExportMove, deprecated: Deprecated): ProxyEntry {
    const relevant = memberMappings({ deprecated, surface: old });
    const isAdapter = this.#context.members.needsAdapter(deprecated);
    const members: ProxyMember[] = [];
    const retyped: ClassEntry['retyped'][number][] = [];
    for (const [list, isStatic] of [
      [old.members, false],
      [old.statics, true],
    ] as const) {
      const now = new Map((isStatic ? canonical.statics : canonical.members).map((member) => [member.name, member]));
      for (const surface of list) {
        const own = relevant.filter(({ name }) => name === surface.name);
        if (own.length === 0) {
          if (!now.has(surface.name) && this.#isState(surface)) this.#unkept.push(`${old.name}.${surface.name}`);
          else if (!now.has(surface.name)) this.#unmapped(old, surface, isStatic ? undefined : canonical);
          else if (this.#isTypeScript && this.#speaksOfMembers(typeText(surface), old.declaredIn))
            retyped.push({ surface, isStatic });
        } else if (now.has(surface.name)) {
          this.#problem('PROXY_MEMBER_TAKEN', old.name, `${showMember(surface)} is mapped to ${own[0]!.source.to}`);
        } else {
          members.push(this.#member(old, surface, isStatic, move, own, isAdapter));
        }
      }
    }
    const replacement = formatExport(move.canonical);
    if (!isAdapter && members.length === 0) {
      const from = this.#context.source(move.canonical, this.#module);
      if (retyped.length === 0) return { form: 're-export', name: old.name, from, typeOnly: false, replacement };
    }
    const typeArguments = canonical.typeParameters === '' ? '' : parameterNames(old.typeParameters);
    return {
      form: isAdapter ? 'adapter' : 'members',
      name: old.name,
      local: this.#local(old),
      canonical: this.#context.source(move.canonical, this.#module),
      canonicalName: move.canonical.name === 'default' ? 'Class' : move.canonical.name,
      canonicalRef: move.canonical,
      replacement,
      typeParameters: old.typeParameters,
      typeArguments,
      abstract: canonical.abstract,
      construct: this.#construct(old, move, deprecated),
      members,
      retyped,
      scope: old.declaredIn,
    };
  }

  #construct(old: ExportSurface, move: ExportMove, deprecated: Deprecated): ClassEntry['construct'] {
    const mappings = deprecated.mappings.filter(({ of }) => of === 'construct');
    if (mappings.length === 0) return undefined;
    const notice: Notice = {
      id: `${this.#module.path}#${old.name}.new`,
      name: `new ${old.name}`,
      replacement: mappings.map(({ to }) => `new ${move.canonical.name}${to.text}`).join(' or '),
    };
    return { signatures: old.signatures, forward: this.#forward(old, 'new', old.signatures, mappings, []), notice };
  }

  #member(
    old: ExportSurface,
    surface: MemberSurface,
    isStatic: boolean,
    move: ExportMove,
    mappings: readonly Mapping[],
    isAdapter: boolean,
  ): ProxyMember {
    // Mappings that several classes share may be for calls that this one never had.
    const callable = mappings.filter((mapping) => fitsAny(mapping, surface.signatures));
    const own = callable.length > 0 ? callable : mappings;
    const installed = isAdapter
      ? []
      : this.#context.members.installed(move, surface.name).map(({ mapping }) => mapping);
    const replacements = (isAdapter ? mappings : installed).map(({ source }) => source.to);
    const owner = isAdapter ? `${this.#module.path}#${old.name}` : formatExport(move.canonical);
    const className = isAdapter ? old.name : move.canonical.name;
    const notice: Notice = {
      id: `${owner}.${isStatic ? 'static ' : ''}${surface.name}`,
      name: `${className}.${surface.name}`,
      replacement: [...new Set(replacements)].join(' or '),
    };
    const replacement = own.map(({ source }) => source.to).join(' or ');
    const rename = own.find(({ parameters }) => parameters === undefined);
    if (surface.kind !== 'method' && (surface.signatures.length === 0 || rename)) {
      if (!rename) {
        this.#unmapped(old, surface, undefined, `only calls are mapped (${own[0]!.source.from}), and it is no method`);
      }
      return { surface, isStatic, forward: undefined, renamedTo: (rename ?? own[0]!).to.text, replacement, notice };
    }
    const all = this.#context.ownOnly ? [] : [...new Set([...mappings, ...installed])];
    const others = all.filter((mapping) => !own.includes(mapping));
    const forward = this.#forward(old, surface.name, surface.signatures, own, others);
    return { surface, isStatic, forward, renamedTo: undefined, replacement, notice };
  }

  #forward(
    old: ExportSurface,
    name: string,
    signatures: ExportSurface['signatures'],
    own: readonly Mapping[],
    others: readonly Mapping[],
  ): Forward {
    const taken = new Set([...own, ...others].flatMap(({ to }) => to.freeNames));
    const { forward, uncovered } = forwardCall({ own, others, signatures, taken });
    if (uncovered.length > 0) {
      const counts = uncovered.length === 1 ? `${uncovered[0]} argument(s)` : `${uncovered.join(' or ')} arguments`;
      this.#problem(
        'PROXY_UNMAPPED_MEMBERS',
        old.name,
        `${name}${signatures.map(({ text }) => text).join('; ')} may be called with ${counts}, and no mapping is for that ` +
          `(there is ${own.map(({ source }) => `'${source.from}'`).join(', ')})`,
      );
    }
    return forward;
  }

  /** An export that no mapping names. */
  #other(old: ExportSurface): ProxyEntry | undefined {
    const { scope, canonicals, path, text } = this.#module;
    const isType = old.kind === 'interface' || old.kind === 'type';
    const foreign = scope.reExports.get(old.name) ?? scope.imports.get(scope.exports.get(old.name) ?? '');
    const home = canonicals.find(({ surface }) => surface.exports.has(old.name));
    if (home) {
      const ref: ExportRef = { module: home.ref, name: old.name };
      return this.#same(old, ref, old.name);
    }
    if (foreign) {
      const from: Source = { ...foreign, whole: false };
      return { form: 're-export', name: old.name, from, typeOnly: isType, replacement: undefined };
    }
    const declared = scope.exports.get(old.name);
    if (declared === undefined && scope.stars.length > 0 && old.name !== 'default') {
      for (const star of scope.stars) this.#stars.add(star);
      return undefined;
    }
    if (isType && declared !== undefined && scope.locals.get(declared)?.kind === 'type') {
      return { form: 'type', name: old.name, declared, scope: this.#module.surface.file };
    }
    if (isType && !/\.[cm]?tsx?$/.test(path)) return undefined;
    const where = lineOf(text, scope.locals.get(declared ?? '')?.text ?? '');
    this.#problem(
      'PROXY_UNMAPPED_EXPORT',
      undefined,
      `${old.kind} ${old.name}${where}: no canonical export replaces it, and ` +
        `${canonicals.map(({ ref }) => formatModule(ref)).join(', ')} exports no such name`,
    );
    return undefined;
  }

  #unmapped(old: ExportSurface, member: MemberSurface, canonical: ExportSurface | undefined, why?: string): void {
    this.#problems.push({
      code: 'PROXY_UNMAPPED_MEMBERS',
      of: `${this.#module.path}#${old.name}`,
      text: `${showMember(member)}${member.visibility === 'protected' ? ' (protected)' : ''}${why ? ` : ${why}` : ''}`,
      suggestion: suggestMapping(member, canonical),
    });
  }

  #problem(code: ProxyProblem['code'], name: string | undefined, text: string): void {
    this.#problems.push({ code, of: name === undefined ? this.#module.path : `${this.#module.path}#${name}`, text });
  }

  /** In JavaScript every field that a constructor sets looks public. Which of them callers use nobody has declared. */
  #isState(surface: MemberSurface): boolean {
    return !this.#isTypeScript && surface.kind === 'property' && surface.signatures.length === 0;
  }

  get #isTypeScript(): boolean {
    return /\.[cm]?tsx?$/.test(this.#module.path);
  }

  /** Whether a type of the old module names a class whose proxy carries old members. */
  #speaksOfMembers(type: string, declaredIn: string): boolean {
    if (declaredIn !== this.#module.surface.file) return false;
    const carriers = new Set<string>();
    for (const [name, { deprecated }] of this.#module.replaced) {
      const surface = this.#module.surface.exports.get(name);
      if (surface?.kind !== 'class' || memberMappings({ deprecated, surface }).length === 0) continue;
      carriers.add(this.#module.scope.exports.get(name) ?? name);
    }
    return carriers.size > 0 && freeTypeNames(`type $ = ${type};`).some(({ text }) => carriers.has(text));
  }

  #local(old: ExportSurface): string {
    if (old.name !== 'default') return old.name;
    const { scope } = this.#module;
    return scope.exports.get('default') ?? scope.wholeLocal ?? 'Default';
  }
}

function typeText(member: MemberSurface): string {
  return member.kind === 'method' ? `{ ${member.signatures.map(({ text }) => text).join('; ')} }` : member.type;
}

function lineOf(text: string, declaration: string): string {
  const at = declaration === '' ? -1 : text.indexOf(declaration);
  return at < 0 ? '' : ` (line ${text.slice(0, at).split('\n').length})`;
}
