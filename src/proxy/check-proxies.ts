import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExportSurface, MemberSurface } from '../compiler/surface.ts';
import type { FileDiagnostic, SurfaceReader } from '../compiler/surface-reader.ts';
import { formatMember, formatSignatures } from '../survey/compare-surfaces.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import type { ClassEntry, ProxyModule } from './proxy-module.ts';
import { type ProxyProblem, suggestCall, suggestMapping } from './proxy-problem.ts';
import { relativeSpecifier } from './specifiers.ts';
import { parameterNames } from './type-parameters.ts';
import { withoutHidden } from './without-hidden.ts';

/** A proxy's text and what it was made from. */
export interface CheckedProxy {
  readonly module: DeprecatedModule;
  readonly proxy: ProxyModule;
  readonly text: string;
  /** The same with only the class's own mappings, where the text itself takes anything; only its errors matter. */
  readonly typedText: string | undefined;
  /** Absolute. */
  readonly file: string;
  canonical(name: string): ExportSurface | undefined;
}

/**
 * What of the old surfaces does not hold with the proxies, as the compiler sees it. The reader must have the proxies
 * laid over the deprecated modules.
 *
 * Beside each old module a copy of it is compiled in memory that asks, for each export and member, whether the proxy's
 * can stand where the old one stood. The copy has no private and protected members: no other class could
 * ever have those, and that protected ones have a successor was made sure when the proxy was described.
 * JavaScript is not asked: its names are compared when the proxy is described, its types promise nothing.
 */
export function checkProxies(
  proxies: readonly CheckedProxy[],
  reader: SurfaceReader,
  standIns: ReadonlyMap<string, string>,
): readonly ProxyProblem[] {
  const typed = proxies.filter(({ proxy }) => proxy.language === 'ts');
  const problems = ownProblems(
    typed.map(({ module, file, text }) => ({ module, file, text })),
    reader,
    standIns,
  );
  const alone = typed.flatMap(({ module, file, typedText }) =>
    typedText === undefined ? [] : [{ module, file: beside(file, 'typed'), text: typedText }],
  );
  reader.overlay(new Map(alone.map(({ file, text }) => [file, text])));
  try {
    problems.push(...ownProblems(alone, reader, standIns));
  } finally {
    reader.overlay(new Map(alone.map(({ file }) => [file, undefined])));
  }
  const probes = typed.filter(({ proxy }) => !proxy.wholeExport).map((checked) => new Probe(checked));
  reader.overlay(new Map(probes.map((probe) => [probe.file, probe.text])));
  try {
    for (const probe of probes) problems.push(...probe.problems(reader.diagnostics([probe.file], { standIns })));
  } finally {
    reader.overlay(new Map(probes.map((probe) => [probe.file, undefined])));
  }
  return problems;
}

interface LaidText {
  readonly module: DeprecatedModule;
  readonly file: string;
  readonly text: string;
}

/** What the compiler says of texts that are laid over their files. */
function ownProblems(
  texts: readonly LaidText[],
  reader: SurfaceReader,
  standIns: ReadonlyMap<string, string>,
): ProxyProblem[] {
  return texts.flatMap(({ module, file, text }) =>
    reader.diagnostics([file], { standIns }).map(({ line, message }) => ({
      code: 'PROXY_TYPES',
      of: module.path,
      text: `${message} In: ${text.split('\n')[line - 1]!.trim()}`,
    })),
  );
}

/** A file that does not exist, in the folder of another. */
function beside(file: string, what: string): string {
  const { dir, name, ext } = path.posix.parse(file);
  let free = path.posix.join(dir, `${name}.reroute-${what}${ext}`);
  while (existsSync(free)) free = free.replace('.reroute-', '.reroute-_');
  return free;
}

interface Question {
  readonly line: number;
  readonly old: ExportSurface;
  readonly member: MemberSurface | undefined;
  readonly was: string;
}

/** A copy of an old module with questions at its end. */
class Probe {
  readonly file: string;
  readonly text: string;
  readonly #checked: CheckedProxy;
  readonly #lines: string[];
  readonly #questions: Question[] = [];
  /** Exports that are one of a kind: classes of which the copy lacks members, enums, unique symbols. Local → exported name. */
  readonly #lacking: ReadonlyMap<string, string>;

  constructor(checked: CheckedProxy) {
    this.#checked = checked;
    this.file = beside(checked.file, 'probe');
    const { text, lacking } = withoutHidden(checked.file, checked.module.text);
    const exported = [...checked.module.scope.exports].map(([name, local]) => [local, name] as const);
    const { exports } = checked.module.surface;
    const isNominal = (name: string): boolean =>
      exports.get(name)?.kind === 'enum' || exports.get(name)?.type === `typeof ${name}`;
    this.#lacking = new Map(exported.filter(([local, name]) => lacking.has(local) || isNominal(name)));
    this.#lines = [text, ''].join('\n').split('\n');
    this.#lines.push(`import type * as $proxy from '${relativeSpecifier(this.file, checked.file, 'js')}';`);
    this.#lines.push(
      `type $Values<E> = { readonly [K in keyof E]: E[K] extends string | number ? \`\${E[K]}\` : never };`,
    );
    for (const entry of checked.proxy.entries) if (entry.form === 'members') this.#augment(entry);
    for (const old of checked.module.surface.exports.values()) {
      // The types of an export that is declared elsewhere do not resolve here; it is asked where it is declared.
      if (old.declaredIn !== checked.file) continue;
      if (old.kind === 'enum') this.#askEnum(old);
      else if (old.kind !== 'namespace') this.#ask(old);
    }
    this.text = this.#lines.join('\n');
  }

  problems(found: readonly FileDiagnostic[]): readonly ProxyProblem[] {
    const { module, canonical } = this.#checked;
    const seen = new Set<Question>();
    return found.flatMap(({ line, code, message }): ProxyProblem[] => {
      const question = this.#questions.find((one) => one.line === line);
      if (!question || seen.has(question) || UNUSED.has(code)) return [];
      seen.add(question);
      const { old, member, was } = question;
      const now = canonical(old.name);
      const same =
        member && [...(now?.members ?? []), ...(now?.statics ?? [])].find(({ name }) => name === member.name);
      const shown = member ? formatMember(member) : was;
      const called = !member && now && now.signatures.length > 0 ? formatSignatures(now.signatures) : undefined;
      const canonicalOne = same
        ? `${same.name}${formatMember(same)}`
        : called && `${old.kind === 'class' ? 'new ' : ''}${called}`;
      const difference = canonicalOne ? `; the canonical one is ${canonicalOne}` : '';
      const suggestion = member ? (same ? undefined : suggestMapping(member, now)) : called && suggestCall(old);
      return [
        {
          code: 'PROXY_UNMAPPED_MEMBERS',
          of: `${module.path}#${old.name}`,
          text: `${member?.name ?? ''}${shown} no longer holds${difference}. ${message}`,
          ...(suggestion !== undefined && { suggestion }),
        },
      ];
    });
  }

  /** At run time every instance of the canonical class has the deprecated members, so the question may assume it. */
  #augment({ name, canonicalRef, members, typeParameters, typeArguments, scope }: ClassEntry): void {
    const canonical = this.#checked.canonical(name);
    const own = members.filter(({ isStatic, surface }) => !isStatic && surface.visibility === 'public');
    if (!canonical || scope !== this.#checked.file || canonicalRef.name === 'default' || own.length === 0) return;
    const parameters = typeArguments === '' ? '' : canonical.typeParameters || typeParameters;
    const lines = own.map(
      ({ surface }) => `${surface.name}${surface.kind === 'method' ? methodType(surface) : `: ${surface.type}`}`,
    );
    const specifier = relativeSpecifier(this.file, canonical.declaredIn, 'js');
    this.#lines.push(
      `declare module '${specifier}' { interface ${canonicalRef.name}${parameters} { ${lines.join('; ')} } }`,
    );
  }

  /** Every member that there was has to be there, with its value. */
  #askEnum(old: ExportSurface): void {
    const local = this.#checked.module.scope.exports.get(old.name);
    if (local === undefined) return;
    const values = (type: string): string => `$Values<typeof ${type}>`;
    this.#questions.push({ line: this.#lines.length + 1, old, member: undefined, was: '' });
    this.#lines.push(
      `export const $ask${this.#questions.length - 1}: ${values(local)} = null! as ${values(`$proxy.${old.name}`)};`,
    );
  }

  #ask(old: ExportSurface): void {
    const name = old.name;
    const arguments_ = parameterNames(old.typeParameters);
    const instance = `$proxy.${name}${arguments_}`;
    if (old.kind === 'type' || old.kind === 'interface') {
      const local = this.#checked.module.scope.exports.get(name);
      if (local === undefined) return;
      this.#put(
        old,
        undefined,
        `export function $$${old.typeParameters}(a: ${instance}, b: ${local}${arguments_}) { a = b; b = a; }`,
        '',
      );
      return;
    }
    if (old.kind === 'constant') {
      this.#put(old, undefined, `export const $$: ${old.type} = null! as typeof $proxy.${name};`, `: ${old.type}`);
      return;
    }
    if (old.kind === 'function') {
      this.#put(
        old,
        undefined,
        `export const $$: ${callable(old.signatures)} = null! as typeof $proxy.${name};`,
        formatSignatures(old.signatures),
      );
      return;
    }
    const construct = old.signatures.map((one) => {
      const list = one.parameters.map(
        (each) => `${each.rest ? '...' : ''}${each.name}${each.optional ? '?' : ''}: ${each.type}`,
      );
      return `(${old.abstract ? 'abstract ' : ''}new ${one.typeParameters}(${list.join(', ')}) => unknown)`;
    });
    if (construct.length > 0) {
      this.#put(
        old,
        undefined,
        `export const $$: ${construct.join(' & ')} = null! as typeof $proxy.${name};`,
        `new ${formatSignatures(old.signatures)}`,
      );
    }
    for (const member of old.members)
      this.#member(old, member, `export function $$${old.typeParameters}($: ${instance}) {`, ' }');
    for (const member of old.statics) this.#member(old, member, `export function $$($: typeof $proxy.${name}) {`, ' }');
  }

  #member(old: ExportSurface, member: MemberSurface, before: string, after: string): void {
    if (member.visibility === 'protected') return;
    const type = `${member.kind === 'method' ? callable(member.signatures) : member.type}${member.optional ? ' | undefined' : ''}`;
    const access = member.name.startsWith('[') ? `$${member.name}` : `$[${JSON.stringify(member.name)}]`;
    const write = member.kind !== 'method' && !member.readonly ? ` ${access} = was;` : '';
    // A method may speak of `this`, which only a member's type can.
    const asked = /\bthis\b/.test(type)
      ? `${before} const was = ${access}; void was;${after}`
      : `${before} const was: ${type} = ${access};${write} void was;${after}`;
    this.#put(old, member, asked, '');
  }

  /** Where types name a class that the copy has only in part, its values are those that the proxy gives. */
  #asHeld(line: string): string {
    if (this.#lacking.size === 0) return line;
    const names = [...this.#lacking.keys()].map((name) => name.replaceAll('$', '\\$')).join('|');
    const named = new RegExp(`(?<![\\w$.'"])(?:${names})(?![\\w$'"]|\\s*\\??:)`, 'g');
    return line.replace(named, (name) => `$proxy.${this.#lacking.get(name)}`);
  }

  #put(old: ExportSurface, member: MemberSurface | undefined, line: string, was: string): void {
    this.#lines.push(this.#asHeld(line).replace('$$', `$ask${this.#questions.length}`));
    this.#questions.push({ line: this.#lines.length, old, member, was });
  }
}

/** Declared but never read, and the like: the questions are not code. */
const UNUSED = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205]);

/** Call signatures are compared strictly, methods are not: see `strictFunctionTypes`. */
function callable(signatures: ExportSurface['signatures']): string {
  return `{ ${formatSignatures(signatures)} }`;
}

function methodType(member: MemberSurface): string {
  return member.signatures.map(({ text }) => text).join(`; ${member.name}`);
}
