/** Who called what called `forwarding`: `file:///app/src/a.js:12:3`, or `undefined` when the engine tells no stack. */
export function callSite(forwarding: (...args: never[]) => unknown): string | undefined {
  // The frame above `forwarding` is the proxy's own member; the one above that is who called it.
  const line = captureStackTrace ? v8Frame(forwarding, captureStackTrace) : otherFrame();
  const place = /[(@]([^(@]*:\d+:\d+)\)?\s*$/.exec(line ?? '')?.[1];
  return place ?? line?.trim().replace(/^at (async )?/, '');
}

type Capture = (target: object, above: (...args: never[]) => unknown) => void;

const engine = Error as unknown as {
  captureStackTrace?: Capture;
  stackTraceLimit?: number;
  prepareStackTrace?: unknown;
};
const captureStackTrace = engine.captureStackTrace;

function v8Frame(forwarding: (...args: never[]) => unknown, capture: Capture): string | undefined {
  const limit = engine.stackTraceLimit;
  const prepare = engine.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    engine.stackTraceLimit = 2;
    // An application's own hook may not give a string. Node's source maps do not go through this one.
    if (typeof prepare === 'function') engine.prepareStackTrace = undefined;
    capture(holder, forwarding);
    return typeof holder.stack === 'string' ? holder.stack.split('\n')[2] : undefined;
  } finally {
    engine.stackTraceLimit = limit;
    if (typeof prepare === 'function') engine.prepareStackTrace = prepare;
  }
}

function otherFrame(): string | undefined {
  const lines = (new Error().stack ?? '').split('\n');
  // V8 repeats the error's name first. Then: otherFrame, callSite, look, warn, the proxy's member, and its caller.
  return lines[lines[0] === 'Error' ? 6 : 5];
}
