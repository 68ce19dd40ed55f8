/** What a proxy says of one deprecated thing. */
export interface Deprecation {
  /** Unique in the process: `src/core/message_router.ts#MessageRouter.register_handler`. */
  readonly id: string;
  /** What a reader knows it by: `MessageRouter.register_handler`. */
  readonly name: string;
  /** What to write instead: `addHandler(handlerFor(type, handler))`. */
  readonly replacement: string;
  /** For Node's `--disable-warning=CODE`; upper case. */
  readonly code: string;
}

/** One deprecation and what is known of its use. All fields are there from the start, so that its shape stays one. */
export interface Entry {
  readonly deprecation: Deprecation;
  calls: number;
  /** The number of the call at which the call site is looked at next. */
  next: number;
  /** Call sites that were warned about, in the order in which they were seen. */
  readonly sites: Set<string>;
}

interface Registry {
  readonly entries: Map<string, Entry>;
  /** What was installed on which object, so that a second proxy of the same class installs nothing twice. */
  readonly installed: WeakMap<object, Set<PropertyKey>>;
}

const KEY = Symbol.for('reroute.deprecation/1');

/** The process's one registry, also when several copies of this module are loaded. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= { entries: new Map(), installed: new WeakMap() };
  return holder[KEY];
}
