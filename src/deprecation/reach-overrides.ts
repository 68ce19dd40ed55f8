type AnyClass = abstract new (...args: never[]) => object;
type Method = (this: unknown, ...given: unknown[]) => unknown;

/** The arguments of a canonical call as the deprecated member takes them. */
// biome-ignore lint/suspicious/noExplicitAny: what the canonical member takes, which only the proxy knows
type Turned = (...given: any[]) => readonly unknown[];

/** What is known of one prototype, also by other copies of this module. */
interface Reach {
  /** By canonical member: the deprecated members that it stands for. */
  readonly members: Map<string, Map<string, Turned>>;
  /** The instance whose override runs, until it calls what it overrides. */
  active: unknown;
  /** What the canonical member gave when the override called it. */
  given: unknown;
}

const KEY = Symbol.for('reroute.reach/1');

/**
 * From now on a call of a canonical member reaches what a subclass has instead of the deprecated one. `calls`: by
 * canonical member, then by deprecated one. Instances of the class itself are not looked at, nor subclasses that override
 * the canonical member as well.
 *
 * Gives what a deprecated member forwards on: the instance itself or, where an override called `super`, the canonical
 * members as they were, so that nothing comes back to the override.
 */
export function reachOverrides(
  owner: AnyClass,
  calls: Readonly<Record<string, Readonly<Record<string, Turned>>>>,
): <T extends object>(it: T, deprecated: string) => T {
  const prototype: Record<string, Method> = owner.prototype;
  const reach = reachOf(prototype);
  const originals = new Map<string, Method>();
  for (const [member, turns] of Object.entries(calls)) {
    if (typeof prototype[member] !== 'function') continue;
    if (!reach.members.has(member)) wrap(prototype, member, reach);
    for (const [name, turned] of Object.entries(turns)) reach.members.get(member)!.set(name, turned);
    originals.set(member, (prototype[member] as Method & { [KEY]: Method })[KEY]);
  }
  return (it, deprecated) =>
    !it || it.constructor === owner || (it as typeof prototype)[deprecated] === prototype[deprecated]
      ? it
      : asItWas(it, prototype, originals, reach);
}

function reachOf(prototype: object): Reach {
  if (!Object.hasOwn(prototype, KEY)) {
    const reach: Reach = { members: new Map(), active: undefined, given: undefined };
    Object.defineProperty(prototype, KEY, { value: reach });
  }
  return (prototype as { [KEY]: Reach })[KEY];
}

function wrap(prototype: Record<string, Method>, member: string, reach: Reach): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, member);
  const above = Object.getPrototypeOf(prototype);
  const plain = prototype.constructor;
  // An adapter only inherits the member.
  const original: Method = descriptor
    ? descriptor.value
    : function (...given) {
        return above[member].apply(this, given);
      };
  const turns = new Map<string, Turned>();
  const { [member]: wrapped } = {
    // Small, so that the engine inlines it.
    [member](this: Record<string, Method>, ...given: unknown[]): unknown {
      if (!this || this.constructor === plain) return original.apply(this, given);
      const name = reach.active === this ? undefined : overrideOf(this, prototype, member, turns);
      return name === undefined ? original.apply(this, given) : callOverride(this, name, turns, given, reach);
    },
  };
  reach.members.set(member, turns);
  Object.defineProperty(wrapped, KEY, { value: original });
  Object.defineProperty(wrapped, 'length', { value: prototype[member]!.length, configurable: true });
  const hidden = { enumerable: false, configurable: true, writable: true };
  Object.defineProperty(prototype, member, { ...hidden, ...descriptor, value: wrapped });
}

/** The first deprecated member that an instance has from a subclass, which has the canonical member from the class. */
function overrideOf(
  it: Record<string, Method>,
  prototype: Record<string, Method>,
  member: string,
  turns: ReadonlyMap<string, Turned>,
): string | undefined {
  if (it[member] !== prototype[member]) return undefined;
  for (const name of turns.keys()) {
    if (it[name] !== prototype[name] && typeof it[name] === 'function') return name;
  }
  return undefined;
}

function callOverride(
  it: Record<string, Method>,
  name: string,
  turns: ReadonlyMap<string, Turned>,
  given: readonly unknown[],
  reach: Reach,
): unknown {
  return within(reach, it, () => {
    const result = it[name]!(...turns.get(name)!(...given));
    return result === undefined ? reach.given : result;
  });
}

/** The canonical members without what leads to overrides. Only what a mapping begins with is asked of it. */
function asItWas<T extends object>(
  it: T,
  prototype: Record<string, Method>,
  originals: ReadonlyMap<string, Method>,
  reach: Reach,
): T {
  return new Proxy({} as T, {
    get(_, key) {
      const value = Reflect.get(it, key, it);
      if (typeof value !== 'function') return value;
      const original = value === prototype[key as string] ? originals.get(key as string) : undefined;
      return (...given: unknown[]) => {
        if (!original) return value.apply(it, given);
        const result = within(reach, undefined, () => original.apply(it, given));
        reach.given = result;
        return result;
      };
    },
    set: (_, key, value) => Reflect.set(it, key, value, it),
  });
}

/** Runs with an instance as the active one, and what it was before afterwards. */
function within<T>(reach: Reach, active: unknown, run: () => T): T {
  const { active: before, given } = reach;
  reach.active = active;
  reach.given = undefined;
  try {
    return run();
  } finally {
    reach.active = before;
    reach.given = given;
  }
}
