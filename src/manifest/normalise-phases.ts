import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../base/is-file.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import type { Phase, Step } from './migration.ts';
import { didYouMean } from './nearest-name.ts';
import { readGates } from './normalise-gates.ts';
import type { Problems } from './problems.ts';
import { check, describe, schemas } from './schema.ts';

const STEPS = ['proxies', 'imports', 'members', 'retire'] as const;

/** The phases of a manifest, those left out that have problems. `folder` is the manifest's. */
export function readPhases(value: unknown, folder: string, problems: Problems): readonly Phase[] {
  const seen = new Map<string, KeyPath>();
  return (check(schemas.phases, value, ['phases'], problems) ?? []).flatMap((each, index) => {
    const at = ['phases', index];
    const input = check(schemas.phase, each, at, problems);
    if (!input) return [];
    const first = seen.get(input.name);
    if (first) problems.add([...at, 'name'], `'${input.name}' is the name of another phase (${formatKeyPath(first)})`);
    seen.set(input.name, at);
    return [
      {
        name: input.name,
        files: (input.files ?? ['**']).map((glob, number) => readGlob(glob, [...at, 'files', number], problems)),
        steps: input.steps.flatMap((step, number) => readStep(step, [...at, 'steps', number], folder, problems)),
        gates: readGates(input.gates, [...at, 'gates'], problems),
      },
    ];
  });
}

function readGlob(glob: string, at: KeyPath, problems: Problems): string {
  const [, not, body] = /^(!?)(?:\.\/)?(.*)$/s.exec(glob.trim())!;
  if (body!.startsWith('/') || body!.startsWith('../') || body!.includes('\\')) {
    problems.add(at, `found '${glob}'; a glob is relative to the target's root and has '/' between segments`);
  }
  return `${not}${body}`;
}

function readStep(value: unknown, at: KeyPath, folder: string, problems: Problems): readonly Step[] {
  if (typeof value === 'object' && value !== null) {
    const input = check(schemas.codemod, value, at, problems);
    if (!input) return [];
    const file = path.resolve(folder, input.codemod);
    if (!isFile(file)) problems.add([...at, 'codemod'], missingFile(input.codemod, file));
    const { options = {}, seconds = 60, megabytes = 1024 } = input;
    return [{ kind: 'codemod', path: file, options, seconds, megabytes }];
  }
  const kind = STEPS.find((step) => step === value);
  if (kind) return [{ kind }];
  const allowed = `allowed: ${STEPS.map((step) => `'${step}'`).join(', ')}, { codemod: '<path>' }`;
  problems.add(at, `${describe(value)}; ${allowed}${typeof value === 'string' ? didYouMean(value, STEPS) : ''}`);
  return [];
}

function missingFile(asked: string, file: string): string {
  const names = entriesOf(path.dirname(file));
  return `found '${asked}', but there is no such file in the manifest's folder${didYouMean(path.basename(file), names)}`;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
