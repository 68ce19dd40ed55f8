/** Enough for what stands between a callback and the code that handed it over: `Array.forEach`, timers. */
const DEPTH = 12;

type Callable = (...args: never[]) => unknown;

const engine = Error as unknown as {
  captureStackTrace?(target: object, above: Callable): void;
  stackTraceLimit?: number;
  prepareStackTrace?: unknown;
};

/**
 * Who called what called `look`: `file:///app/src/a.js:12:3`. A native function or a part of Node that calls is not
 * who called: then the nearest place above it. `undefined` when the engine tells no stack. Never throws, and leaves
 * `Error` as it was.
 */
export function callSite(look: Callable): string | undefined {
  const { stackTraceLimit, prepareStackTrace, captureStackTrace } = engine;
  try {
    engine.stackTraceLimit = DEPTH;
    // An application's own hook may not give a string. Node's source maps do not go through this one.
    if (prepareStackTrace) engine.prepareStackTrace = undefined;
    const error = new Error();
    captureStackTrace?.(error, look);
    // Only frames with a place; native ones have none. Without a capture the first are: this function and `look`;
    // then comes the proxy's own member, and above it who called.
    const places = error.stack!.split('\n').flatMap((line) => placeOf(line) ?? []);
    const above = places.slice(captureStackTrace ? 1 : 3);
    return above.find((place) => !place.startsWith('node:')) ?? above[0];
  } catch {
    return undefined;
  } finally {
    restore({ stackTraceLimit, prepareStackTrace });
  }
}

function restore(before: Pick<typeof engine, 'stackTraceLimit' | 'prepareStackTrace'>): void {
  try {
    engine.stackTraceLimit = before.stackTraceLimit as number;
    if (before.prepareStackTrace) engine.prepareStackTrace = before.prepareStackTrace;
  } catch {
    // Frozen, and so never changed.
  }
}

/** The package under `node_modules` that a place belongs to; the innermost, as pnpm nests them. */
export function packageOf(site: string): string | undefined {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(site)?.[1]?.replace('\\', '/');
}

/** `    at add (file:///a.js:1:2)` and `    at async file:///a.js:1:2` of V8, `add@http://host/a.js:1:2` of the others. */
function placeOf(frame: string): string | undefined {
  const [, called, bare, other] =
    /^\s*at (?:.*? \((.*:\d+:\d+)\)|(?:async )?(.*:\d+:\d+))$|^[^@/]*@(.*:\d+:\d+)$/.exec(frame) ?? [];
  return called ?? bare ?? other;
}
