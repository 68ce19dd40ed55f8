import { relativeToRoot } from '../base/paths.ts';
import { formatPlace } from '../base/places.ts';
import { splitQuery } from '../base/specifier-query.ts';
import type { CompilerSession, Declaration, Resolution } from '../compiler/contract.ts';
import { formatModule, type Migration } from '../manifest/migration.ts';
import type { Anchors } from './anchors.ts';
import type { ConfiguredNames } from './configured-names.ts';
import { withGuesses } from './guess.ts';
import { isMention, newMention } from './mentions.ts';
import { MissingModules } from './missing-modules.ts';
import { withStandIns } from './mock-stand-ins.ts';
import { DerivedProver } from './prove-derived.ts';
import { MemberProver } from './prove-member.ts';
import type { Hit } from './search.ts';
import type { DeprecatedModule, SearchTerms } from './search-terms.ts';
import { ShownPlaces } from './shown-places.ts';
import type { TargetView } from './target-view.ts';
import type { ExportCandidate, Reason, Subject, Usage, Verdict } from './usage.ts';
import { label, unclear, unrelated } from './verdicts.ts';

export interface ProverOptions {
  readonly session: CompilerSession;
  readonly view: TargetView;
  readonly terms: SearchTerms;
  readonly anchors: Anchors;
  readonly configured: ConfiguredNames;
  readonly migration: Pick<Migration, 'mentions'>;
}

/**
 * What the compiler says of each hit: one usage per hit, in order.
 *
 * A name is proven when every declaration that it resolves to belongs to one deprecated export, or overrides its member;
 * it is unrelated when none does; everything between is unclear, with the declarations that disagree.
 */
export class Prover {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #terms: SearchTerms;
  readonly #anchors: Anchors;
  readonly #places: ShownPlaces;
  readonly #members: MemberProver;
  readonly #derived: DerivedProver;
  readonly #configured: ConfiguredNames;
  readonly #missing: MissingModules;
  readonly #editsMentions: boolean;

  constructor({ session, view, terms, anchors, configured, migration }: ProverOptions) {
    this.#editsMentions = migration.mentions === true;
    this.#configured = configured;
    this.#missing = new MissingModules(session, view, configured);
    this.#session = session;
    this.#view = view;
    this.#terms = terms;
    this.#anchors = anchors;
    this.#places = new ShownPlaces(view);
    this.#members = new MemberProver(anchors, this.#places);
    this.#derived = new DerivedProver(session, view, anchors, this.#places);
  }

  /** `text` is the file's text, in which the hits were found. */
  prove(file: string, text: string, hits: readonly Hit[]): readonly Usage[] {
    const answers = this.#session.resolve(
      this.#view.absolute(file),
      hits.map((hit) => hit.place.range.start),
    );
    const usages = hits.map((hit, i): Usage => {
      const answer = answers[i]!;
      if (hit.what === 'mention' && answer.kind === 'nothing') return this.#mention(hit, hit.modules[0]!);
      const target = hit.what === 'specifier' ? this.#specifierTarget(hit, answer, text) : undefined;
      const subject = this.#subject(hit, target, answer);
      const mentioned =
        hit.what === 'specifier' && target === undefined && answer.kind === 'nothing'
          ? hit.modules.find((module) => isMention(file, hit.text, module))
          : undefined;
      if (mentioned) return this.#mention(hit, mentioned);
      return {
        id: `${file}:${hit.place.range.start}`,
        place: hit.place,
        text: hit.text,
        subject,
        verdict:
          hit.what === 'mention'
            ? unrelated('no-code', 'code that reads like a path')
            : hit.what === 'specifier'
              ? this.#proveSpecifier(hit, answer, target)
              : this.#proveName(hit, subject, answer, text),
      };
    });
    return withGuesses(withStandIns(usages, answers, text, this.#view.absolute(file)));
  }

  /** The usages of a file about which the compiler cannot be asked: one per hit, in order, all for review. */
  leave(file: string, hits: readonly Hit[], reason: Reason): readonly Usage[] {
    return hits.map((hit) => ({
      id: `${file}:${hit.place.range.start}`,
      place: hit.place,
      text: hit.text,
      subject: this.#subject(hit, undefined),
      verdict: { kind: 'unclear', reason },
    }));
  }

  /** The usages of a document, which no compiler reads. */
  mentions(hits: readonly Hit[]): readonly Usage[] {
    return hits.map((hit) => this.#mention(hit, hit.modules[0]!));
  }

  #mention({ place, text }: Hit, named: DeprecatedModule): Usage {
    const { module, moves } = named;
    const to = newMention(place.file, text, named);
    const name = formatModule(module);
    const file = this.#anchors.moduleFile(module);
    const isEdited = this.#editsMentions && to !== undefined && file !== undefined;
    return {
      id: `${place.file}:${place.range.start}`,
      place,
      text,
      subject: { kind: 'mention', module, moves, ...(to !== undefined && { to }) },
      verdict: isEdited
        ? {
            kind: 'proven',
            candidate: 0,
            proof: { how: 'module', declaration: this.#places.of({ file, range: { start: 0, end: 0 } }), name },
          }
        : unclear('mention', to === undefined ? `mentions ${name}` : `mentions ${name}: '${to}' from now on`),
    };
  }

  #subject(hit: Hit, target: string | undefined, answer?: Resolution): Subject {
    if (hit.what === 'member') {
      const name = hit.derived?.member ?? hit.text;
      return { kind: 'member', name, candidates: this.#terms.members.get(name) ?? [] };
    }
    if (hit.what === 'export') {
      return { kind: 'export', name: hit.text, candidates: this.#terms.exports.get(hit.text) ?? [] };
    }
    // Which of several modules it names is known once it resolves; until then, and when it does not, the first stands.
    const { module, moves } = hit.modules[this.#namedModule(hit, target)] ?? hit.modules[0]!;
    const stub = this.#stub(answer);
    return { kind: 'specifier', module, moves, ...(stub && { stub }) };
  }

  #stub(answer: Resolution | undefined): { readonly of: string; readonly from: string } | undefined {
    if (answer?.kind !== 'module' || answer.stub === undefined) return undefined;
    const of = relativeToRoot(this.#view.root, answer.stub.of);
    const from = relativeToRoot(this.#view.root, answer.stub.from);
    return of !== undefined && from !== undefined ? { of, from } : undefined;
  }

  /** The index of the deprecated module that a specifier's target is; -1 for none. */
  #namedModule(hit: Hit, target: string | undefined): number {
    return hit.modules.findIndex(({ module }) => target !== undefined && this.#anchors.moduleFile(module) === target);
  }

  readonly #targets = new Map<string, string | undefined>();

  /**
   * Where a specifier leads. What is no specifier in this place, as in `vi.mock`, is tried as one; but a mere word, which
   * leads to a file only by `baseUrl`, where it is the first thing that a call is given.
   */
  #specifierTarget(hit: Hit, answer: Resolution, text: string): string | undefined {
    // `./worker?worker` is a pattern of the bundler to the checker; the file is what stands before the query.
    const { path, query } = splitQuery(hit.text);
    const file = query === '' ? undefined : this.#resolve(hit, path);
    if (this.#namedModule(hit, file) >= 0) return file;
    if (answer.kind === 'module') return answer.file;
    const isWord = /^[^./]/.test(hit.text) && !hit.text.includes('/');
    if (answer.kind === 'nothing' && isWord && !isPackage(hit) && !opensCall(text, hit)) return undefined;
    return this.#resolve(hit, hit.text);
  }

  #resolve({ place: { file } }: Hit, specifier: string): string | undefined {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const key = `${specifier.startsWith('.') ? folder : file}\0${specifier}`;
    if (!this.#targets.has(key)) {
      this.#targets.set(key, this.#session.resolveSpecifier(this.#view.absolute(file), specifier));
    }
    return this.#targets.get(key);
  }

  /** The usages when all files are proven: a member renamed in place keeps its name everywhere, or nowhere. */
  settle(usages: readonly Usage[]): readonly Usage[] {
    return this.#members.settle(usages);
  }

  #proveSpecifier(hit: Hit, answer: Resolution, file: string | undefined): Verdict {
    // JSDoc's imports are answered as modules; what is only quoted in words imports nothing.
    if (answer.kind === 'nothing' && answer.comment) return unrelated('no-code', NAMES_NO_MODULE);
    const named = this.#namedModule(hit, file);
    if (named >= 0) {
      const name = formatModule(hit.modules[named]!.module);
      const declaration = this.#places.of({ file: file!, range: { start: 0, end: 0 } });
      return { kind: 'proven', candidate: named, proof: { how: 'module', declaration, name } };
    }
    if (file !== undefined) {
      const declaration = this.#places.of({ file, range: { start: 0, end: 0 } });
      const targets = new Set(this.#configured.targets(hit.place.file, hit.text));
      const deprecated = hit.modules.find(({ module }) => module.kind === 'path' && targets.has(module.path));
      if (deprecated)
        return unclear(
          'conditional-specifier',
          `leads to ${declaration.file} here and to ${formatModule(deprecated.module)} under other conditions of package.json`,
        );
      return unrelated('other-module', `names ${declaration.file}`, [declaration]);
    }
    if (answer.kind === 'unknown') {
      const missing = answer.unresolved && this.#missing.of(answer.unresolved);
      const reason = { code: 'unresolved-specifier', text: `this specifier leads nowhere: ${answer.why}` };
      return { kind: 'unclear', reason: { ...reason, ...(missing && { missing: [missing] }) } };
    }
    return unrelated('no-code', NAMES_NO_MODULE);
  }

  #proveName(hit: Hit, subject: Subject, answer: Resolution, text: string): Verdict {
    if (hit.derived && subject.kind === 'member') {
      const inString = answer.kind === 'nothing' && !answer.comment && spelledOut(text, hit);
      return this.#derived.prove(hit.derived, subject.candidates, answer, inString);
    }
    switch (answer.kind) {
      case 'declared':
        if (subject.kind === 'member') return this.#members.prove(subject.candidates, answer);
        return this.#proveExport(hit.text, subject.kind === 'export' ? subject.candidates : [], answer.declarations);
      case 'unknown':
        return { kind: 'unclear', reason: this.#unknown(hit.place.file, answer, text) };
      case 'module':
        return unrelated('other-declaration', `names the module ${this.#places.file(answer.file)}`);
      case 'nothing':
        return !answer.comment && hit.what === 'member' && spelledOut(text, hit)
          ? unclear('string-name', 'a string that spells the name; whether it is used as a key cannot be told')
          : unrelated('no-code', 'in a comment or a string');
    }
  }

  /** Why nothing is known of a name, and what would have to be there. */
  #unknown(file: string, { why, unresolved }: Resolution & { kind: 'unknown' }, text: string): Reason {
    const missing = unresolved && this.#missing.of(unresolved);
    if (missing) {
      const { kind, name } = missing;
      const absent = kind === 'package' ? `the package ${name} is not installed` : `${name} is not there`;
      return { code: `missing-${kind}`, text: `cannot be told: ${absent}`, missing: [missing] };
    }
    if (!this.#packagesMissing.has(file)) this.#packagesMissing.set(file, this.#missing.packagesIn(file, text));
    const packages = this.#packagesMissing.get(file)!;
    if (packages.length === 0) return { code: 'any', text: `cannot be told: ${why}` };
    return {
      code: 'any',
      text: `cannot be told: ${why}; this file imports ${packages.join(' and ')}, not installed`,
      missing: packages.map((name) => ({ kind: 'package', name })),
    };
  }

  readonly #packagesMissing = new Map<string, readonly string[]>();

  #proveExport(name: string, candidates: readonly ExportCandidate[], declarations: readonly Declaration[]): Verdict {
    const rule = (this.#terms.reviewed.get(name) ?? []).find(({ export: ref }) =>
      declarations.some((declaration) => this.#anchors.is(ref, declaration)),
    );
    if (rule) {
      return unclear(
        'review-rule',
        rule.reason,
        declarations.map((declaration) => this.#places.of(declaration)),
      );
    }
    const candidate = candidates.findIndex(({ deprecated }) =>
      declarations.some((declaration) => this.#anchors.is(deprecated.export, declaration)),
    );
    const places = declarations.map((declaration) => this.#places.of(declaration));
    if (candidate < 0) {
      const list = declarations
        .map((declaration, i) => `${label(declaration)} (${formatPlace(places[i]!)})`)
        .join(', ');
      return unrelated('other-declaration', `is ${list}`, places);
    }
    return {
      kind: 'proven',
      candidate,
      proof: { how: 'symbol', declaration: places[0]!, name: declarations[0]!.name },
    };
  }
}

const NAMES_NO_MODULE = 'in a comment or a string that names no module';

function isPackage({ modules }: Hit): boolean {
  return modules.some(({ module }) => module.kind === 'package');
}

/** Whether the string that the hit is the content of follows an opening parenthesis. */
function opensCall(text: string, { place }: Hit): boolean {
  const before = place.range.start - 1;
  return /\(\s*$/.test(text.slice(Math.max(0, before - LONGEST_BLANK), before));
}

const LONGEST_BLANK = 200;

/** Whether the hit is the whole content of a string: `'register_handler'`. */
function spelledOut(text: string, hit: Hit): boolean {
  const { start, end } = hit.place.range;
  const quote = text[start - 1];
  return quote !== undefined && '\'"`'.includes(quote) && text[end] === quote;
}
