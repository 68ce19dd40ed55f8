import path from 'node:path';
import { createJiti } from 'jiti';
import type { API, Transform } from 'jscodeshift';
import { RerouteError } from '../base/errors.ts';

/** A jscodeshift transform from anywhere, as a phase's step. */
export interface ForeignCodemod {
  /** The text after, the same text when nothing changed, or `undefined` when the transform skipped the file. */
  apply(file: string, text: string): Promise<string | undefined>;
}

/**
 * Loads a jscodeshift transform (default export or `module.exports`, with an optional `parser` export).
 * Throws `CODEMOD_NOT_A_TRANSFORM` when the module exports no function.
 * Source: the transform's contract in jscodeshift's README, "Transform module".
 */
export async function loadCodemod(
  file: string,
  root: string,
  options: Readonly<Record<string, unknown>>,
): Promise<ForeignCodemod> {
  // Loaded here: it takes longer than all the rest, and most migrations have no foreign codemod.
  const { default: jscodeshift } = await import('jscodeshift');
  // No cache: nothing of a run may be left behind, and the file may have changed since the last one.
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
  const loaded = await jiti.import<{ default?: unknown; parser?: string }>(file);
  const transform = (typeof loaded.default === 'function' ? loaded.default : loaded) as Transform;
  if (typeof transform !== 'function') {
    throw new RerouteError({
      code: 'CODEMOD_NOT_A_TRANSFORM',
      message: 'A codemod must export a function (file, api, options) as its default; this one does not.',
      where: { file },
      next: 'Export the transform as default, or take the step out of the manifest.',
    });
  }
  return {
    async apply(name, text) {
      const j = jscodeshift.withParser(loaded.parser ?? parserFor(name));
      const api: API = { j, jscodeshift: j, stats: () => {}, report: () => {} };
      const result: unknown = await transform({ path: path.join(root, name), source: text }, api, { ...options });
      return typeof result === 'string' ? withLineEnds(result, text) : undefined;
    },
  };
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
