import { formatPlace, type Place } from '../base/places.ts';
import type { Declaration, Resolution } from '../compiler/contract.ts';
import type { ExportRef } from '../manifest/migration.ts';
import type { Anchors } from './anchors.ts';
import type { ShownPlaces } from './shown-places.ts';
import type { MemberCandidate, Reason, Usage, Verdict } from './usage.ts';
import { label, reason, unclear, unrelated } from './verdicts.ts';

type Declared = Extract<Resolution, { kind: 'declared' }>;

/** Tells of which class a member is: of a deprecated one, of something unrelated, or of several that disagree. */
export class MemberProver {
  readonly #anchors: Anchors;
  readonly #places: ShownPlaces;

  constructor(anchors: Anchors, places: ShownPlaces) {
    this.#anchors = anchors;
    this.#places = places;
  }

  /** What the declarations that a name resolves to say of it. */
  prove(candidates: readonly MemberCandidate[], { declarations, unseen, mocks }: Declared): Verdict {
    const found = declarations.map((declaration) => this.#matchMember(candidates, declaration));
    const first = found[0];
    if (first && found.every((match) => match?.candidate === first.candidate && match.how !== 'interface')) {
      const declaration = this.#places.of(declarations[0]!);
      const how = found.every((match) => match?.how === 'override') ? 'override' : 'symbol';
      const name = label(declarations[0]!);
      const proof = { how, declaration, name, ...(unseen && { unseen }), ...(mocks && { mocks }) } as const;
      this.#noteBeyond(candidates[first.candidate]!, candidates, declarations);
      return { kind: 'proven', candidate: first.candidate, proof };
    }
    const places = declarations.map((declaration) => this.#places.of(declaration));
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
    const place = this.#places.of(beyond);
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
        const place = this.#places.of(shared);
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
}

/** The export whose member a candidate is about. */
export function anchorOf(candidate: MemberCandidate): ExportRef {
  return candidate.deprecated?.export ?? candidate.move.canonical;
}

/** The one new name of a plain rename; `undefined` when the member is mapped by how it is called. */
function newName({ mappings }: MemberCandidate): string | undefined {
  return mappings.find(({ parameters }) => parameters === undefined)?.to.text;
}
