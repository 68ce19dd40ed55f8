/** Enough for what stands between a callback and the code that handed it over: `Array.forEach`, timers. */
const DEPTH = 12;

/**
 * Who called what called `forwarding`: `file:///app/src/a.js:12:3`. A native function or a part of Node that calls is not
 * who called: then the nearest place above it. `undefined` when the engine tells no stack. Never throws, and leaves
 * `Error` as it was.
 */
export function callSite(forwarding: (...args: never[]) => unknown): string | undefined {
  try {
    // The first frame is the proxy's own member; those above are who called it.
    const frames = (captureStackTrace ? v8Frames(forwarding, captureStackTrace) : otherFrames()).slice(1);
    const places = frames.map(placeOf);
    return places.find((place) => place && !isInternal(place)) ?? places.find(Boolean) ?? frames[0]?.trim();
  } catch {
    return undefined;
  }
}

/** The package under `node_modules` that a place belongs to; the innermost, as pnpm nests them. */
export function packageOf(site: string): string | undefined {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(site)?.[1]?.replace('\\', '/');
}

/** `    at add (file:///a.js:1:2)` and `    at async file:///a.js:1:2` of V8, `add@http://host/a.js:1:2` of the others. */
function placeOf(frame: string): string | undefined {
  const [, called, bare, other] =
    /^\s*at (?:.*? \((.*:\d+:\d+)\)|(?:async )?(.*:\d+:\d+))$|^[^@/]*@(.*:\d+:\d+)$/.exec(frame) ?? [];
  return called ?? bare ?? other;
}

function isInternal(place: string): boolean {
  return /^(?:node:|native\b|<anonymous>)/.test(place);
}

type Capture = (target: object, above: (...args: never[]) => unknown) => void;

const engine = Error as unknown as {
  captureStackTrace?: Capture;
  stackTraceLimit?: number;
  prepareStackTrace?: unknown;
};
const captureStackTrace = engine.captureStackTrace;

function v8Frames(forwarding: (...args: never[]) => unknown, capture: Capture): readonly string[] {
  const limit = engine.stackTraceLimit;
  const prepare = engine.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    engine.stackTraceLimit = DEPTH;
    // An application's own hook may not give a string. Node's source maps do not go through this one.
    if (typeof prepare === 'function') engine.prepareStackTrace = undefined;
    capture(holder, forwarding);
    return typeof holder.stack === 'string' ? holder.stack.split('\n').slice(1) : [];
  } finally {
    engine.stackTraceLimit = limit;
    if (typeof prepare === 'function') engine.prepareStackTrace = prepare;
  }
}

function otherFrames(): readonly string[] {
  const lines = (new Error().stack ?? '').split('\n');
  // V8 repeats the error's name first. Then: otherFrames, callSite, look, warn, and the proxy's member.
  return lines.slice(lines[0] === 'Error' ? 5 : 4);
}
