import type { SymbolReader } from './symbol-reader.ts';
import {
  type NativeSymbol,
  type Node,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Type,
  TypeFlags,
} from './typescript.ts';

/**
 * Whether a type is assignable to another for some types in the place of their type parameters. The checker takes the T of
 * `Store<T>` and the U of `Box<U>` for two types that have nothing in common, and says no to a pair that is alike.
 *
 * False when no type parameter comes into it: then the checker's own answer holds.
 */
export function isAcceptedForSome(from: Type, to: Type, reader: SymbolReader): boolean {
  const fit = new TypeFit(reader);
  return fit.fits(from, to, 0) && fit.isOpen;
}

/** What depends on a type parameter: it may be any type. */
const OPEN =
  TypeFlags.TypeParameter | TypeFlags.IndexedAccess | TypeFlags.Conditional | TypeFlags.Index | TypeFlags.Substitution;

/** How deep the types of members are compared; what lies deeper is taken to fit. */
const DEPTH = 3;

class TypeFit {
  /** Whether a type parameter was met. */
  isOpen = false;
  readonly #reader: SymbolReader;
  readonly #checker: SymbolReader['project']['checker'];

  constructor(reader: SymbolReader) {
    this.#reader = reader;
    this.#checker = reader.project.checker;
  }

  fits(from: Type, to: Type, depth: number): boolean {
    if ((from.flags | to.flags) & OPEN) {
      this.isOpen = true;
      return true;
    }
    if (depth > DEPTH || (depth > 0 && this.#checker.isTypeAssignableTo(from, to))) return true;
    if (from.isUnionType()) return from.getTypes().every((arm) => this.fits(arm, to, depth));
    if (to.isUnionType()) return to.getTypes().some((arm) => this.fits(from, arm, depth));
    if (to.isIntersectionType()) return to.getTypes().every((part) => this.fits(from, part, depth));
    if (!(to.flags & TypeFlags.Object) || !(from.flags & (TypeFlags.Object | TypeFlags.Intersection))) return false;
    return this.#hasMembers(from, to, depth) && this.#isCalledAlike(from, to, depth);
  }

  #hasMembers(from: Type, to: Type, depth: number): boolean {
    const given = this.#membersOf(from);
    const wanted = [...this.#membersOf(to)];
    if (wanted.some(([name, { flags }]) => !given.has(name) && !(flags & SymbolFlags.Optional))) return false;
    return wanted.every(([name, member]) => {
      const own = given.get(name);
      if (own === undefined || own.id === member.id) return true;
      const [one, other] = [this.#checker.getTypeOfSymbol(own), this.#checker.getTypeOfSymbol(member)];
      return one === undefined || other === undefined || this.fits(one, other, depth + 1);
    });
  }

  #membersOf(type: Type): ReadonlyMap<string, NativeSymbol> {
    return this.#reader.once(
      `members ${type.id}`,
      () => new Map(this.#checker.getPropertiesOfType(type).map((each) => [each.name, each])),
    );
  }

  #isCalledAlike(from: Type, to: Type, depth: number): boolean {
    return [SignatureKind.Call, SignatureKind.Construct].every((kind) => {
      const given = this.#checker.getSignaturesOfType(from, kind);
      const wanted = this.#checker.getSignaturesOfType(to, kind);
      return wanted.every((one) => given.some((each) => this.#isSignatureFit(each, one, depth)));
    });
  }

  /** As TypeScript compares methods: a parameter may be wider or narrower. */
  #isSignatureFit(from: Signature, to: Signature, depth: number): boolean {
    const [given, wanted] = [from.getParameters(), to.getParameters()];
    if (given.slice(wanted.length).some((each) => this.#isRequired(each)) && !to.hasRestParameter) return false;
    const shared = Math.min(given.length, wanted.length);
    for (let i = 0; i < shared; i++) {
      const [one, other] = [this.#checker.getParameterType(from, i), this.#checker.getParameterType(to, i)];
      if (one === undefined || other === undefined) continue;
      if (!this.fits(one, other, depth + 1) && !this.fits(other, one, depth + 1)) return false;
    }
    const [gives, expects] = [from, to].map((each) => this.#checker.getReturnTypeOfSignature(each));
    if (gives === undefined || expects === undefined || expects.flags & TypeFlags.Void) return true;
    return this.fits(gives, expects, depth + 1);
  }

  #isRequired({ valueDeclaration }: NativeSymbol): boolean {
    const node = valueDeclaration?.resolve(this.#reader.project) as ParameterNode | undefined;
    return node !== undefined && !(node.questionToken ?? node.initializer ?? node.dotDotDotToken);
  }
}

type ParameterNode = Node & {
  readonly questionToken?: Node;
  readonly initializer?: Node;
  readonly dotDotDotToken?: Node;
};
