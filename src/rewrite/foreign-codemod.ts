import path from 'node:path';
import { createJiti } from 'jiti';
import type { API, Transform } from 'jscodeshift';
import { RerouteError } from '../base/errors.ts';

/** A jscodeshift transform from anywhere, as a phase's step. */
export interface ForeignCodemod {
  /** Throws what the transform throws. */
  apply(file: string, text: string): Promise<Applied>;
}

/** What a transform made of one file, in jscodeshift's words. */
export interface Applied {
  /** `nochange`: it gave the text back; `skip`: it gave none. */
  readonly outcome: 'ok' | 'nochange' | 'skip';
  /** With `ok`. */
  readonly after?: string;
  /** What it counted with `api.stats`. */
  readonly stats: readonly (readonly [name: string, quantity: number])[];
  /** What it said with `api.report`. */
  readonly reports: readonly string[];
}

/** More than so many of a file, or characters in one, are not kept. */
const MOST_SAID = 50;
const LONGEST_SAID = 500;

/**
 * Loads a jscodeshift transform (default export or `module.exports`, with an optional `parser` export).
 * Throws `CODEMOD_NOT_A_TRANSFORM` when the module exports no function, `CODEMOD_THROWS` when it does not load.
 * Source: the transform's contract in jscodeshift's README, "Transform module".
 */
export async function loadCodemod(
  file: string,
  root: string,
  options: Readonly<Record<string, unknown>>,
): Promise<ForeignCodemod> {
  // Loaded here: it takes longer than all the rest, and most migrations have no foreign codemod.
  const { default: jscodeshift } = await import('jscodeshift');
  const loaded = await load(file);
  const transform = loaded.find((each): each is Transform & Loaded => typeof each === 'function');
  const parser = loaded.find((each) => each.parser !== undefined)?.parser;
  if (!transform) {
    throw new RerouteError({
      code: 'CODEMOD_NOT_A_TRANSFORM',
      message: 'A codemod must export a function (file, api, options) as its default; this one does not.',
      where: { file },
      next: 'Export the transform as default, or take the step out of the manifest.',
    });
  }
  return {
    async apply(name, text) {
      const j = jscodeshift.withParser(parser ?? parserFor(name));
      const stats = new Map<string, number>();
      const reports: string[] = [];
      const api: API = {
        j,
        jscodeshift: j,
        stats: (counted, quantity = 1) => {
          const key = String(counted).slice(0, LONGEST_SAID);
          if (stats.has(key) || stats.size < MOST_SAID) stats.set(key, (stats.get(key) ?? 0) + Number(quantity));
        },
        report: (said) => {
          if (reports.length < MOST_SAID) reports.push(String(said).slice(0, LONGEST_SAID));
        },
      };
      const result: unknown = await transform({ path: path.join(root, name), source: text }, api, { ...options });
      const said = { stats: [...stats], reports };
      // As jscodeshift has it: nothing, or an empty text, skips the file.
      if (!result) return { outcome: 'skip', ...said };
      if (typeof result !== 'string') throw new TypeError(`it gave a value of type ${typeof result}, and no text`);
      const after = withLineEnds(result, text);
      return after === text ? { outcome: 'nochange', ...said } : { outcome: 'ok', after, ...said };
    },
  };
}

interface Loaded {
  readonly default?: unknown;
  readonly parser?: string;
}

/** Where a transform may be: the module, its default export, and that one's own where CommonJS was made of a module. */
async function load(file: string): Promise<readonly Loaded[]> {
  try {
    // No cache on disk: a run leaves nothing behind but what it says.
    const module = await createJiti(import.meta.url, { fsCache: false }).import<Loaded>(file);
    const inner = module.default as Loaded | undefined;
    return [inner?.default, inner, module].filter((each) => each !== undefined && each !== null) as readonly Loaded[];
  } catch (error) {
    throw new RerouteError({
      code: 'CODEMOD_THROWS',
      message: `The codemod does not load: ${error instanceof Error ? error.message : String(error)}`,
      where: { file },
      next: 'Correct it, or take the step out of the manifest.',
      cause: error,
    });
  }
}

/** recast prints the platform's line ends: where a text had only Windows ones, they come back. */
function withLineEnds(after: string, before: string): string {
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return isWindows ? after.replace(/\r?\n/g, '\r\n') : after;
}

function parserFor(file: string): string {
  if (file.endsWith('.tsx')) return 'tsx';
  return /\.[cm]?ts$/.test(file) ? 'ts' : 'babel';
}
