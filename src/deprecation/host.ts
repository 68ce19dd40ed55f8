/** What the run-time part uses of Node. A bundler for browsers takes `host-browser.ts` instead (package.json, `browser`). */
export interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly execArgv: readonly string[];
  readonly pid: number;
  readonly noDeprecation?: boolean;
  readonly throwDeprecation?: boolean;
  emitWarning?(message: string, options: object): void;
  getBuiltinModule?(name: string): unknown;
  on(event: 'exit', listener: () => void): void;
}

/** `undefined` in browsers. Asked anew each time: a test may put another one there. */
export function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process;
}

/** `undefined` without a process, and where reading it is refused. */
export function environment(name: string): string | undefined {
  try {
    return nodeProcess()?.env[name];
  } catch {
    return undefined;
  }
}

/** A module of Node itself, in ESM and CommonJS alike and without an import that a bundler would follow. */
export function builtin<T>(name: string): T | undefined {
  try {
    return nodeProcess()?.getBuiltinModule?.(`node:${name}`) as T | undefined;
  } catch {
    return undefined;
  }
}

/** Tells the host, and never throws into it. */
export function emitWarning(
  message: string,
  options: { readonly code: string; readonly detail: string; readonly ctor?: unknown },
): void {
  try {
    const process = nodeProcess();
    if (process?.emitWarning) process.emitWarning(message, { type: 'DeprecationWarning', ...options });
    else {
      const { console } = globalThis as { console?: { warn(text: string): void } };
      console?.warn(`[${options.code}] DeprecationWarning: ${message}\n${options.detail}`);
    }
  } catch {
    // A host that cannot be told goes on all the same.
  }
}

/** To Node's `diagnostics_channel` of the name `reroute:deprecation`. */
export function publish(message: unknown): void {
  const channels = builtin<{ channel(name: string): { publish(message: unknown): void } }>('diagnostics_channel');
  channels?.channel('reroute:deprecation').publish(message);
}

interface Timers {
  setInterval(run: () => void, milliseconds: number): { unref?(): void };
  clearInterval(timer: unknown): void;
}

/** Runs it again and again without keeping the process alive; gives how to stop it. */
export function repeat(run: () => void, milliseconds: number): () => void {
  const timers = globalThis as unknown as Timers;
  const timer = timers.setInterval(run, milliseconds);
  timer.unref?.();
  return () => timers.clearInterval(timer);
}
