import { distance } from 'fastest-levenshtein';
import { RerouteError } from '../base/errors.ts';
import type { ExportSurface, MemberSurface, ParameterSurface } from '../compiler/surface.ts';
import { formatMember } from '../survey/compare-surfaces.ts';

/** Why no proxy can stand for something deprecated. */
export interface ProxyProblem {
  readonly code:
    | 'PROXY_UNMAPPED_MEMBERS'
    | 'PROXY_UNMAPPED_EXPORT'
    | 'PROXY_MEMBER_TAKEN'
    | 'PROXY_TYPES'
    | 'PROXY_OVERRIDE';
  /** `src/core/message_router.ts#MessageRouter` or the module's path. */
  readonly of: string;
  /** One line: the member with its signature and what is wrong with it. */
  readonly text: string;
  /** A line to add to the manifest. */
  readonly suggestion?: string;
}

const MESSAGES: Readonly<Record<ProxyProblem['code'], string>> = {
  PROXY_UNMAPPED_MEMBERS:
    'The manifest does not say what these deprecated members become, so code that uses them would break',
  PROXY_UNMAPPED_EXPORT: 'The manifest does not say what these exports of deprecated modules become',
  PROXY_MEMBER_TAKEN:
    'These members are mapped, but the canonical class has members of the same name, which a proxy would hide',
  PROXY_TYPES: 'These proxies would not compile',
  PROXY_OVERRIDE:
    'Subclasses override these deprecated members, and canonical code would not reach what they have instead',
};

const NEXT: Readonly<Record<ProxyProblem['code'], string>> = {
  PROXY_UNMAPPED_MEMBERS: 'Add the lines to `members` in the manifest, or give the canonical class what is missing.',
  PROXY_UNMAPPED_EXPORT: 'Name each under `replaces` of a canonical export, or move it out of the deprecated module.',
  PROXY_MEMBER_TAKEN: 'Take the mapping out of the manifest, or rename the canonical member.',
  PROXY_TYPES: 'Correct the mapping that the line comes from.',
  PROXY_OVERRIDE:
    'Add the lines to `overrides` of the canonical export, and say there what the members take, or rewrite the subclasses first.',
};

/** Throws one error that lists all problems; the first problem's kind gives the code. Returns when there are none. */
export function throwProblems(problems: readonly ProxyProblem[]): void {
  const [first] = problems;
  if (!first) return;
  const same = problems.filter(({ code }) => code === first.code);
  const rest = problems.filter(({ code }) => code !== first.code);
  const suggestions = [...new Set(problems.flatMap(({ suggestion }) => suggestion ?? []))];
  const list = (some: readonly ProxyProblem[]): string[] => some.map(({ of, text }) => `${of}: ${text}`);
  throw new RerouteError({
    code: first.code,
    message: `${MESSAGES[first.code]}: ${same.length}, in ${new Set(same.map(({ of }) => of)).size} place(s). Nothing was written.`,
    where: { file: first.of.split('#')[0]! },
    details: [
      ...list(same),
      ...list(rest),
      ...(suggestions.length > 0 ? ['In the manifest:', ...suggestions.map((line) => `  ${line}`)] : []),
    ],
    next: NEXT[first.code],
  });
}

/** The line of `members` that one would add for a member, with the canonical member whose name is nearest. */
export function suggestMapping(member: MemberSurface, canonical: ExportSurface | undefined): string {
  const nearest = nearestName(member.name, canonical?.members.map(({ name }) => name) ?? []);
  const target = nearest ?? camelCase(member.name);
  if (member.kind !== 'method') return `'${member.name}': '${target}',`;
  const { left, right } = longestCall(member.signatures);
  return `'${member.name}(${left})': '${target}(${right})',`;
}

/** The parameters of the signature that has most, as a mapping declares and as it uses them. */
function longestCall(signatures: ExportSurface['signatures']): { readonly left: string; readonly right: string } {
  const longest = signatures.reduce<readonly ParameterSurface[]>(
    (most, { parameters }) => (parameters.length > most.length ? parameters : most),
    [],
  );
  const left = longest.map(({ name, optional, rest }) => `${rest ? '...' : ''}${name}${optional ? '?' : ''}`);
  const right = longest.map(({ name, rest }) => `${rest ? '...' : ''}${name}`);
  return { left: left.join(', '), right: right.join(', ') };
}

/** The line of `members` for a constructor or a function that is called otherwise now; what is right of it is a start. */
export function suggestCall({ kind, signatures }: ExportSurface): string {
  const name = kind === 'class' ? 'new' : '';
  const { left, right } = longestCall(signatures);
  return `'${name}(${left})': '${name}(${right})',`;
}

/** `name(type: string): void`, as a message shows it. */
export function showMember(member: MemberSurface): string {
  return `${member.name}${formatMember(member)}`;
}

/** The candidate nearest to a name, without regard to case and `_`; `undefined` when none is near. */
function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1));
  const [best] = ranked;
  return best && best.far <= Math.ceil(plain(name).length / 2) ? best.candidate : undefined;
}

function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}

/** An export that the manifest names and the module does not have. */
export function unknownExport(module: string, name: string, there: readonly string[]): RerouteError {
  const near = nearestName(name, there);
  return new RerouteError({
    code: 'MANIFEST_UNKNOWN_EXPORT',
    message: `The manifest names ${module}#${name}, but the module exports ${there.length > 0 ? there.join(', ') : 'nothing'}.`,
    where: { file: module },
    ...(near === undefined ? {} : { details: [`nearest: ${near}`] }),
    next: 'Correct the name in the manifest.',
  });
}
