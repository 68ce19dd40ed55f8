import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { BASELINE_FILE, compareBaseline, fileOfSite, positionOfSite, readBaseline } from '../base/baseline.ts';
import { RerouteError } from '../base/errors.ts';
import { describeSeen, SEEN_FOLDER, type SeenUse } from '../base/seen-use.ts';

const file = `${process.pid}-${randomUUID()}.ndjson`;

/**
 * What a test process has to fail with: the uses that the baseline does not have, or why it cannot be read. `undefined`
 * when all is well. While `reroute verify` runs the tests they are written down for it, and it is the one that judges.
 *
 * The baseline is that of `REROUTE_BASELINE`, or the nearest one from the current folder upwards.
 */
export function settle(seen: readonly SeenUse[], testCommand: string): string | undefined {
  const folder = process.env[SEEN_FOLDER];
  if (folder) {
    // Also when there is none: that somebody looked is news.
    appendFileSync(path.join(folder, file), seen.map((use) => `${JSON.stringify(use)}\n`).join(''));
    return undefined;
  }
  try {
    return newUses(seen, process.env.REROUTE_BASELINE || nearestBaseline(process.cwd()), testCommand);
  } catch (error) {
    if (!(error instanceof RerouteError)) throw error;
    return [error.message, ...error.details, error.next].join('\n');
  }
}

function newUses(seen: readonly SeenUse[], baseline: string, testCommand: string): string | undefined {
  const folder = path.dirname(path.resolve(baseline));
  const placed = seen.map((use) => ({ ...use, file: fileOfSite(use.site, folder) }));
  const { fresh } = compareBaseline(readBaseline(baseline), placed);
  if (fresh.length === 0) return undefined;
  const lines = fresh.flatMap(({ id, file }) => {
    const sites = placed.filter((use) => use.id === id && use.file === file);
    return sites.map((use) => `  ${describeSeen([file, positionOfSite(use.site)].filter(Boolean).join(':'), use)}`);
  });
  return [
    existsSync(baseline)
      ? `New uses of something deprecated, not in ${path.basename(baseline)}:`
      : `Uses of something deprecated, and there is no ${BASELINE_FILE}:`,
    ...lines,
    `Write what is said there, or accept them: npx reroute verify --update -- ${testCommand}`,
  ].join('\n');
}

function nearestBaseline(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, BASELINE_FILE);
    if (existsSync(candidate)) return candidate;
    if (path.dirname(folder) === folder) return path.join(from, BASELINE_FILE);
  }
}
