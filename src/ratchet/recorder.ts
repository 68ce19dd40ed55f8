import { absoluteFile, positionOfSite } from '../base/baseline.ts';
import type { SeenUse } from '../base/seen-use.ts';
import { configure, subscribe } from '../deprecation/index.ts';

const KEY = Symbol.for('reroute.ratchet/1');
/** Test runners put many frames of their own between a test and what it calls. */
const DEPTH = 50;

/** Takes down every use of something deprecated in this process. */
export class Recorder {
  #fresh: SeenUse[] = [];

  private constructor() {
    configure({ everyCall: true });
    subscribe(({ id, replacement, site }) => this.#fresh.push({ id, replacement, site: inSource(site) }));
  }

  /** The process's one recorder, also when its runner loads a setup file once a test file. */
  static ofProcess(): Recorder {
    const holder = globalThis as { [KEY]?: Recorder };
    holder[KEY] ??= new Recorder();
    return holder[KEY];
  }

  /** Those since it was asked last. */
  take(): readonly SeenUse[] {
    const taken = this.#fresh;
    this.#fresh = [];
    return taken;
  }
}

/**
 * A site as the test runner's own source maps tell it, as long as the call is on the stack. The run-time part does not ask
 * such a hook: an application's may give anything.
 */
function inSource(site: string): string {
  const file = absoluteFile(site);
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = DEPTH;
    const frames = String(new Error().stack).split('\n');
    const mapped = frames.flatMap((frame) => /(?:\(|at (?:async )?)([^()]*:\d+:\d+)\)?$/.exec(frame)?.[1] ?? []);
    const own = mapped.find((place) => file !== undefined && absoluteFile(place) === file);
    return own === undefined ? site : `${site.replace(/:\d+:\d+$/, '')}:${positionOfSite(own)}`;
  } catch {
    return site;
  } finally {
    Error.stackTraceLimit = limit;
  }
}
