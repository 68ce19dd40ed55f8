import { environment } from './host.ts';
import type { Policy, Rule } from './pattern.ts';

/** What a proxy says of one deprecated thing. */
export interface Deprecation {
  /** Unique in the process: `src/core/message_router.ts#MessageRouter.register_handler`. */
  readonly id: string;
  /** What a reader knows it by: `MessageRouter.register_handler`. */
  readonly name: string;
  /** What to write instead: `addHandler(handlerFor(type, handler))`. */
  readonly replacement: string;
  /** For Node's `--disable-warning=CODE`: `REROUTE_MESSAGE_ROUTER_3`. */
  readonly code: string;
  /** The version or date since which it is deprecated. */
  readonly since?: string;
  /** The version or date from which it may be gone. */
  readonly until?: string;
  /** `pending` tells only with Node's `--pending-deprecation`, `error` throws. Left out: `warn`. */
  readonly phase?: 'pending' | 'warn' | 'error';
  /** Where to read more. */
  readonly link?: string;
}

/** One place that called. */
export interface Site {
  /** `file:///app/src/a.js:12:3`, as the engine tells it. */
  readonly site: string;
  /** The package under `node_modules` that the place belongs to; `undefined` for the application itself. */
  readonly package: string | undefined;
  /** Times in milliseconds since 1970, of the calls that were looked at. */
  readonly first: number;
  last: number;
  /** Whether a warning was given. */
  told: boolean;
}

/** What a proxy raises at each use, and looks at when it is time. */
export interface Counter {
  calls: number;
  /** The number of the call at which the call site is looked at next; 0 for every call. */
  readonly next: number;
  look(): void;
}

/** One deprecation and what is known of its use. */
export interface Entry extends Counter {
  readonly deprecation: Deprecation;
  next: number;
  looks: number;
  first: number;
  last: number;
  /** {@link calls} when {@link last} was set. */
  seen: number;
  /** By the site's text, in the order in which they were seen. */
  readonly sites: Map<string, Site>;
}

/** A use that a handler is told of, once per id and call site. */
export interface DeprecationUse extends Deprecation {
  readonly site: string;
  readonly package: string | undefined;
  readonly policy: Policy;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Handler = (use: DeprecationUse) => void;

interface Registry {
  readonly entries: Map<string, Entry>;
  /** What was installed on which object, so that a second proxy of the same class installs nothing twice. */
  readonly installed: WeakMap<object, Set<PropertyKey>>;
  readonly handlers: Set<Handler>;
  /** What handlers were told, for those that come later. */
  readonly told: DeprecationUse[];
  /** The application's, the latest first; what the environment says comes after them. */
  rules: readonly Rule[];
  /** Whether the call site of every call is looked at. */
  everyCall: boolean;
  build: string | undefined;
  readonly started: number;
  /** What `silence` covers where the program is now; `undefined` until it is used. */
  silenced: { getStore(): readonly RegExp[] | undefined } | undefined;
  /** Writes the usage file now; `undefined` when there is none. */
  beat: (() => void) | undefined;
}

const KEY = Symbol.for('reroute.deprecation/1');

/** The process's one registry, also when several copies of this module are loaded. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= {
    entries: new Map(),
    installed: new WeakMap(),
    handlers: new Set(),
    told: [],
    rules: [],
    everyCall: false,
    build: environment('REROUTE_BUILD'),
    started: Date.now(),
    silenced: undefined,
    beat: undefined,
  };
  return holder[KEY];
}
