import { formatPlace } from '../base/places.ts';
import type { CompilerSession, Declaration, Resolution } from '../compiler/contract.ts';
import type { Anchors } from './anchors.ts';
import { type DerivedName, derivedFrom, type NamePattern } from './derived-names.ts';
import { anchorOf } from './prove-member.ts';
import type { ShownPlaces } from './shown-places.ts';
import type { TargetView } from './target-view.ts';
import type { MemberCandidate, Verdict } from './usage.ts';
import { label, unclear, unrelated } from './verdicts.ts';

/** Tells whether a name is what a type makes of a deprecated member's: then it is for a person, with both names. */
export class DerivedProver {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #anchors: Anchors;
  readonly #places: ShownPlaces;
  readonly #objects = new Map<NamePattern, readonly Declaration[]>();

  constructor(session: CompilerSession, view: TargetView, anchors: Anchors, places: ShownPlaces) {
    this.#session = session;
    this.#view = view;
    this.#anchors = anchors;
    this.#places = places;
  }

  /** `spelledOut`: it is all that a string says. */
  prove(name: DerivedName, candidates: readonly MemberCandidate[], answer: Resolution, spelledOut: boolean): Verdict {
    if (answer.kind === 'module' || (answer.kind === 'nothing' && !spelledOut))
      return unrelated('no-code', 'in a comment or a string');
    if (answer.kind === 'declared' && !answer.declarations.some((each) => this.#isMadeBy(name.pattern, each))) {
      const places = answer.declarations.map((each) => this.#places.of(each));
      const list = answer.declarations.map((each, i) => `${label(each)} (${formatPlace(places[i]!)})`).join(', ');
      return unrelated('other-declaration', `belongs to ${list}`, places);
    }
    const { place } = name.pattern;
    const at = `at ${formatPlace(place)}`;
    const candidate = candidates.find((each) => this.#isOf(name, each));
    if (!candidate) return unrelated('other-declaration', `is made of the keys of something else ${at}`, [place]);
    const to = derivedFrom(name, candidate);
    const owner = anchorOf(candidate).name;
    const text = `is made of ${owner}.${name.member} ${at}, and is '${to}' once that is renamed`;
    return unclear('derived-name', text, [place]);
  }

  /** Whether a member's class implements the type that has the pattern. */
  #isMadeBy({ place: { file, range } }: NamePattern, { owner }: Declaration): boolean {
    if (owner?.kind !== 'class') return false;
    const absolute = this.#view.absolute(file);
    return this.#anchors
      .ancestorsOf(owner)
      .some((each) => each.file === absolute && each.range.start <= range.start && range.end <= each.range.end);
  }

  /** Whether the keys may be those of the candidate: of its class, or of whatever a type parameter or an alias stands for. */
  #isOf({ pattern, member }: DerivedName, candidate: MemberCandidate): boolean {
    const ref = anchorOf(candidate);
    return this.#objectOf(pattern).every(
      (each) =>
        !/^(?:class|interface|enum)$/.test(each.kind) ||
        this.#anchors.is(ref, each) ||
        this.#anchors.descendsFrom(ref, each, member) ||
        this.#anchors.isAncestorOf(ref, each, member),
    );
  }

  /** What the type is declared as whose keys are asked for; empty when that is not known. */
  #objectOf(pattern: NamePattern): readonly Declaration[] {
    let known = this.#objects.get(pattern);
    if (!known) {
      const [answer] = this.#session.resolve(this.#view.absolute(pattern.place.file), [pattern.object]);
      known = answer?.kind === 'declared' ? answer.declarations : [];
      this.#objects.set(pattern, known);
    }
    return known;
  }
}
