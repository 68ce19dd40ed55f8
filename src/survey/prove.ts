import { relativeToRoot } from '../base/paths.ts';
import { formatPlace, LineIndex, type Place } from '../base/places.ts';
import { splitQuery } from '../base/specifier-query.ts';
import type { CompilerSession, Declaration, FileRange, Resolution } from '../compiler/contract.ts';
import { type ExportRef, formatModule } from '../manifest/migration.ts';
import { type Anchors, declarationKey } from './anchors.ts';
import { withGuesses } from './guess.ts';
import { isMention, newMention } from './mentions.ts';
import { withStandIns } from './mock-stand-ins.ts';
import type { Hit } from './search.ts';
import type { DeprecatedModule, SearchTerms } from './search-terms.ts';
import { ShownPaths } from './shown-paths.ts';
import type { TargetView } from './target-view.ts';
import type { ExportCandidate, MemberCandidate, Reason, Subject, Usage, Verdict } from './usage.ts';

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
  readonly #lines = new Map<string, LineIndex>();
  readonly #shown: ShownPaths;
  readonly #editsMentions: boolean;

  constructor(session: CompilerSession, view: TargetView, terms: SearchTerms, anchors: Anchors, editsMentions = false) {
    this.#editsMentions = editsMentions;
    this.#session = session;
    this.#view = view;
    this.#terms = terms;
    this.#anchors = anchors;
    this.#shown = new ShownPaths(view);
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
      const target = hit.what === 'specifier' ? this.#specifierTarget(hit, answer) : undefined;
      const subject = this.#subject(hit, target);
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
            proof: { how: 'module', declaration: this.#place({ file, range: { start: 0, end: 0 } }), name },
          }
        : unclear('mention', to === undefined ? `mentions ${name}` : `mentions ${name}: '${to}' from now on`),
    };
  }

  #subject(hit: Hit, target: string | undefined): Subject {
    if (hit.what === 'member') {
      return { kind: 'member', name: hit.text, candidates: this.#terms.members.get(hit.text) ?? [] };
    }
    if (hit.what === 'export') {
      return { kind: 'export', name: hit.text, candidates: this.#terms.exports.get(hit.text) ?? [] };
    }
    // Which of several modules it names is known once it resolves; until then, and when it does not, the first stands.
    const { module, moves } = hit.modules[this.#namedModule(hit, target)] ?? hit.modules[0]!;
    return { kind: 'specifier', module, moves };
  }

  /** The index of the deprecated module that a specifier's target is; -1 for none. */
  #namedModule(hit: Hit, target: string | undefined): number {
    return hit.modules.findIndex(({ module }) => target !== undefined && this.#anchors.moduleFile(module) === target);
  }

  readonly #targets = new Map<string, string | undefined>();

  /** Where a specifier leads. What is no specifier in this place, as in `vi.mock`, is tried as one. */
  #specifierTarget(hit: Hit, answer: Resolution): string | undefined {
    // `./worker?worker` is a pattern of the bundler to the checker; the file is what stands before the query.
    const { path, query } = splitQuery(hit.text);
    const file = query === '' ? undefined : this.#resolve(hit, path);
    if (this.#namedModule(hit, file) >= 0) return file;
    return answer.kind === 'module' ? answer.file : this.#resolve(hit, hit.text);
  }

  #resolve({ place: { file } }: Hit, specifier: string): string | undefined {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const key = `${specifier.startsWith('.') ? folder : file}\0${specifier}`;
    if (!this.#targets.has(key)) {
      this.#targets.set(key, this.#session.resolveSpecifier(this.#view.absolute(file), specifier));
    }
    return this.#targets.get(key);
  }

  #proveSpecifier(hit: Hit, answer: Resolution, file: string | undefined): Verdict {
    // JSDoc's imports are answered as modules; what is only quoted in words imports nothing.
    if (answer.kind === 'nothing' && answer.comment) return unrelated('no-code', NAMES_NO_MODULE);
    const named = this.#namedModule(hit, file);
    if (named >= 0) {
      const name = formatModule(hit.modules[named]!.module);
      const declaration = this.#place({ file: file!, range: { start: 0, end: 0 } });
      return { kind: 'proven', candidate: named, proof: { how: 'module', declaration, name } };
    }
    if (file !== undefined) {
      const declaration = this.#place({ file, range: { start: 0, end: 0 } });
      return unrelated('other-module', `names ${declaration.file}`, [declaration]);
    }
    if (answer.kind === 'unknown')
      return unclear('unresolved-specifier', `this specifier leads nowhere: ${answer.why}`);
    return unrelated('no-code', NAMES_NO_MODULE);
  }

  #proveName(hit: Hit, subject: Subject, answer: Resolution, text: string): Verdict {
    switch (answer.kind) {
      case 'declared':
        if (subject.kind === 'member') return this.#proveMember(subject.candidates, answer);
        return this.#proveExport(hit.text, subject.kind === 'export' ? subject.candidates : [], answer.declarations);
      case 'unknown':
        return unclear('any', `cannot be told: ${answer.why}`);
      case 'module':
        return unrelated('other-declaration', `names the module ${this.#show(answer.file)}`);
      case 'nothing':
        return !answer.comment && hit.what === 'member' && spelledOut(text, hit)
          ? unclear('string-name', 'a string that spells the name; whether it is used as a key cannot be told')
          : unrelated('no-code', 'in a comment or a string');
    }
  }

  #proveMember(candidates: readonly MemberCandidate[], { declarations, unseen }: Declared): Verdict {
    const found = declarations.map((declaration) => this.#matchMember(candidates, declaration));
    const first = found[0];
    if (first && found.every((match) => match?.candidate === first.candidate && match.how !== 'interface')) {
      const declaration = this.#place(declarations[0]!);
      const how = found.every((match) => match?.how === 'override') ? 'override' : 'symbol';
      const proof = { how, declaration, name: label(declarations[0]!), ...(unseen && { unseen }) } as const;
      this.#noteBeyond(candidates[first.candidate]!, candidates, declarations);
      return { kind: 'proven', candidate: first.candidate, proof };
    }
    const places = declarations.map((declaration) => this.#place(declaration));
    const list = declarations.map((declaration, i) => `${label(declaration)} (${formatPlace(places[i]!)})`).join(', ');
    if (found.every((match) => match === undefined)) return this.#elsewhere(candidates, declarations, list, places);
    if (found.some((match) => match?.how === 'interface')) {
      return unclear('shared-interface', `goes through ${list}, which others may implement too`, places);
    }
    return unclear('union', `may be any of ${list}`, places);
  }

  /** A member that is renamed in place and stands for one elsewhere as well: what calls that one would miss it. */
  #noteBeyond(
    candidate: MemberCandidate,
    candidates: readonly MemberCandidate[],
    declarations: readonly Declaration[],
  ): void {
    if (candidate.deprecated !== undefined || this.#inherited.has(candidate)) return;
    const others = candidates.filter(
      (other) => other.deprecated === undefined && newName(other) === newName(candidate),
    );
    const beyond = declarations
      .flatMap(({ owner, name }) => (owner ? this.#anchors.declaredBeyond(anchorOf(candidate), owner, name) : []))
      .find(({ owner }) => !others.some((other) => owner && this.#anchors.is(anchorOf(other), owner)));
    if (!beyond) return;
    const place = this.#place(beyond);
    const text = `cannot be renamed alone: it stands for ${label(beyond)} (${formatPlace(place)}) too, which keeps its name`;
    this.#inherited.set(candidate, reason('inherited', text, [place]));
  }

  readonly #inherited = new Map<MemberCandidate, Reason>();

  /** The usages when all files are proven: a member renamed in place keeps its name everywhere, or nowhere. */
  settle(usages: readonly Usage[]): readonly Usage[] {
    if (this.#inherited.size === 0) return usages;
    return usages.map((usage) => {
      const { subject, verdict } = usage;
      if (subject.kind !== 'member' || verdict.kind !== 'proven') return usage;
      const inherited = this.#inherited.get(subject.candidates[verdict.candidate]!);
      return inherited ? { ...usage, verdict: { kind: 'unclear', reason: inherited } } : usage;
    });
  }

  /**
   * A member of something that is no candidate. An interface that a deprecated class satisfies without saying so may well
   * be how that class is used here; a class that looks like it is another implementation, and left alone.
   */
  #elsewhere(
    candidates: readonly MemberCandidate[],
    declarations: readonly Declaration[],
    list: string,
    places: readonly Place[],
  ): Verdict {
    const alike = declarations
      .flatMap(({ owner }) => owner ?? [])
      .find((owner) => candidates.some((candidate) => this.#anchors.satisfies(anchorOf(candidate), owner)));
    if (!alike) return this.#sharing(candidates, declarations, list, places);
    if (alike.kind === 'class' || alike.kind === 'object') {
      return unrelated('look-alike', `belongs to ${list}, of the same shape as the deprecated class`, places);
    }
    return unclear('shared-interface', `goes through ${list}, which the deprecated class satisfies as it is`, places);
  }

  /** A member of something unrelated, unless an interface or a class is above it and above a candidate. */
  #sharing(
    candidates: readonly MemberCandidate[],
    declarations: readonly Declaration[],
    list: string,
    places: readonly Place[],
  ): Verdict {
    for (const { owner, name } of declarations) {
      for (const candidate of owner ? candidates : []) {
        const shared = this.#anchors.sharedMember(anchorOf(candidate), owner!, name);
        if (!shared) continue;
        const place = this.#place(shared);
        const own = anchorOf(candidate).name;
        const text = `belongs to ${list}, which goes with ${label(shared)} (${formatPlace(place)}), and so does ${own}.${name}`;
        return unclear('shared-interface', text, [...places, place]);
      }
    }
    return unrelated('other-declaration', `belongs to ${list}`, places);
  }

  /** How a declaration belongs to one of the candidates; `undefined`: to none. */
  #matchMember(candidates: readonly MemberCandidate[], declaration: Declaration) {
    const owner = declaration.owner;
    if (!owner) return undefined;
    const by = (test: (candidate: MemberCandidate) => boolean, how: 'symbol' | 'override' | 'interface') => {
      const candidate = candidates.findIndex(test);
      return candidate < 0 ? undefined : { candidate, how };
    };
    return (
      by((candidate) => this.#anchors.is(anchorOf(candidate), owner), 'symbol') ??
      by((candidate) => this.#anchors.descendsFrom(anchorOf(candidate), owner, declaration.name), 'override') ??
      by((candidate) => this.#anchors.isAncestorOf(anchorOf(candidate), owner, declaration.name), 'interface')
    );
  }

  #proveExport(name: string, candidates: readonly ExportCandidate[], declarations: readonly Declaration[]): Verdict {
    const rule = (this.#terms.reviewed.get(name) ?? []).find(({ export: ref }) =>
      declarations.some((declaration) => this.#anchors.is(ref, declaration)),
    );
    if (rule) {
      return unclear(
        'review-rule',
        rule.reason,
        declarations.map((declaration) => this.#place(declaration)),
      );
    }
    const candidate = candidates.findIndex(({ deprecated }) =>
      declarations.some((declaration) => this.#anchors.is(deprecated.export, declaration)),
    );
    const places = declarations.map((declaration) => this.#place(declaration));
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

  readonly #places = new Map<string, Place>();

  #place(at: FileRange): Place {
    const key = declarationKey(at);
    let place = this.#places.get(key);
    if (!place) {
      const file = this.#show(at.file);
      let lines = this.#lines.get(at.file);
      if (!lines && at.range.start > 0) {
        const source = this.#view.read(relativeToRoot(this.#view.root, at.file) ?? at.file);
        lines = new LineIndex(typeof source === 'string' ? '' : source.text);
        this.#lines.set(at.file, lines);
      }
      place = { file, range: at.range, ...(lines?.at(at.range.start) ?? { line: 1, column: 1 }) };
      this.#places.set(key, place);
    }
    return place;
  }

  #show(file: string): string {
    return this.#shown.of(file);
  }
}

type Declared = Extract<Resolution, { kind: 'declared' }>;

const NAMES_NO_MODULE = 'in a comment or a string that names no module';

/** The export whose member a candidate is about. */
function anchorOf(candidate: MemberCandidate): ExportRef {
  return candidate.deprecated?.export ?? candidate.move.canonical;
}

/** The one new name of a plain rename; `undefined` when the member is mapped by how it is called. */
function newName({ mappings }: MemberCandidate): string | undefined {
  return mappings.find(({ parameters }) => parameters === undefined)?.to.text;
}

/** Whether the hit is the whole content of a string: `'register_handler'`. */
function spelledOut(text: string, hit: Hit): boolean {
  const { start, end } = hit.place.range;
  const quote = text[start - 1];
  return quote !== undefined && '\'"`'.includes(quote) && text[end] === quote;
}

function label(declaration: Declaration): string {
  const { kind, name, owner } = declaration;
  if (!owner) return `the ${kind} ${name}`;
  if (owner.kind === 'object') return `${name} of an object literal`;
  return owner.name === '' ? `${name} of a ${owner.kind} without a name` : `${owner.name}.${name}`;
}

function unrelated(code: string, text: string, declarations?: readonly Place[]): Verdict {
  return { kind: 'unrelated', reason: reason(code, text, declarations) };
}

function unclear(code: string, text: string, declarations?: readonly Place[]): Verdict {
  return { kind: 'unclear', reason: reason(code, text, declarations) };
}

function reason(code: string, text: string, declarations: readonly Place[] | undefined): Reason {
  return declarations ? { code, text, declarations } : { code, text };
}
