import type { ExportSurface } from '../compiler/surface.ts';
import {
  type Deprecated,
  type ExportMove,
  type ExportRef,
  formatExport,
  formatModule,
  type Mapping,
} from '../manifest/migration.ts';
import { type DeprecatedModule, isTypeScript, localName } from './deprecated-module.ts';
import { describeCalls } from './describe-calls.ts';
import { describeClass } from './describe-class.ts';
import type { DescribeContext } from './describe-context.ts';
import { ProxyGaps } from './proxy-gaps.ts';
import type { Notice, ProxyEntry, ProxyModule, Source } from './proxy-module.ts';
import { type ProxyProblem, showMember } from './proxy-problem.ts';
import { fallbackNote } from './render-fallback.ts';

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
  readonly #gaps: ProxyGaps;
  readonly #stars = new Set<string>();

  constructor(module: DeprecatedModule, context: DescribeContext) {
    this.#module = module;
    this.#context = context;
    this.#gaps = new ProxyGaps(module);
  }

  describe(): DescribedProxy {
    const { path, scope, surface, moved, canonicals, legacy } = this.#module;
    const entries: ProxyEntry[] = [];
    const movedTo = moved
      ? this.#context.source({ module: canonicals[0]!.ref, name: '*' }, this.#module).specifier
      : undefined;
    const property = scope.wholeExport ? scope.exports.get('default') : undefined;
    if (property !== undefined && property !== scope.wholeLocal) {
      this.#gaps.problem(
        'PROXY_UNMAPPED_EXPORT',
        undefined,
        `module.exports.default is ${property}, not the module itself`,
      );
    }
    // What is the whole module is declared first: other names for it are its properties.
    const exported = [...surface.exports.values()].sort(
      (a, b) => Number(scope.wholeExport && b.name === 'default') - Number(scope.wholeExport && a.name === 'default'),
    );
    for (const one of exported) {
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
    const language = isTypeScript(this.#module) ? 'ts' : /\.cjs$/.test(path) || scope.commonJs ? 'cjs' : 'esm';
    return {
      proxy: {
        path,
        language,
        wholeExport: scope.wholeExport,
        movedTo,
        entries,
        stars: [...this.#stars],
        ...(legacy !== undefined && { fallback: fallbackNote(path, legacy) }),
      },
      problems: this.#gaps.problems,
      unkept: this.#gaps.unkept,
    };
  }

  /** Whether an entry stands for the same thing of the old module, replaced by the same. */
  #isTwin(entry: ProxyEntry, name: string): boolean {
    const { scope, replaced } = this.#module;
    const [a, b] = [replaced.get(entry.name), replaced.get(name)];
    const localOf = (exported: string) =>
      scope.wholeExport && exported === 'default' ? scope.wholeLocal : scope.exports.get(exported);
    const local = localOf(name);
    const same = (one: Deprecated): string => JSON.stringify(one.mappings.map(({ source }) => source));
    return (
      local !== undefined &&
      localOf(entry.name) === local &&
      a?.move === b?.move &&
      (a === undefined || b === undefined || same(a.deprecated) === same(b.deprecated))
    );
  }

  #replaced(old: ExportSurface, move: ExportMove, deprecated: Deprecated): ProxyEntry | undefined {
    const canonical = this.#context.canonical(move.canonical);
    if (!canonical) return undefined;
    const call = deprecated.mappings.filter(({ of }) => of === 'call');
    if (old.kind === 'class') {
      return describeClass(this.#module, this.#context, this.#gaps, { old, canonical, move, deprecated });
    }
    if (old.kind === 'function' && call.length > 0) return this.#function(old, move, call);
    for (const member of old.members) {
      if (canonical.members.some(({ name }) => name === member.name)) continue;
      this.#gaps.problem(
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
    if (isValue && isTypeScript(this.#module) && this.#context.carriers.areNamed(type, old.declaredIn)) {
      const local = localName(this.#module, old);
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
      facts: move.deprecation,
    };
    const { name, signatures } = old;
    const forward = describeCalls(this.#gaps, old, { name, signatures, own: mappings });
    return {
      form: 'function',
      name: old.name,
      local: localName(this.#module, old),
      canonical: this.#context.source(ref, this.#module),
      canonicalName: ref.name,
      signatures: old.signatures,
      forward,
      notice,
      scope: old.declaredIn,
    };
  }

  /** An export that no mapping names. */
  #other(old: ExportSurface): ProxyEntry | undefined {
    const { scope, canonicals, text } = this.#module;
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
    if (isType && !isTypeScript(this.#module)) return undefined;
    const where = lineOf(text, scope.locals.get(declared ?? '')?.text ?? '');
    this.#gaps.problem(
      'PROXY_UNMAPPED_EXPORT',
      undefined,
      `${old.kind} ${old.name}${where}: no canonical export replaces it, and ` +
        `${canonicals.map(({ ref }) => formatModule(ref)).join(', ')} exports no such name`,
    );
    return undefined;
  }
}

function lineOf(text: string, declaration: string): string {
  const at = declaration === '' ? -1 : text.indexOf(declaration);
  return at < 0 ? '' : ` (line ${text.slice(0, at).split('\n').length})`;
}
