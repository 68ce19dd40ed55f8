import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../base/is-file.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import type { Gate, Phase, Step } from './migration.ts';
import { didYouMean } from './nearest-name.ts';
import type { Problems } from './problems.ts';
import { check, describe, schemas } from './schema.ts';

const STEPS = ['proxies', 'imports', 'members', 'retire'] as const;
const SHELL = /(?:^|\s)(?:&&?|\|\|?|;|[<>]{1,2})(?:\s|$)/;

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

/** The gates, each once, `types` first. */
export function readGates(value: unknown, at: KeyPath, problems: Problems): readonly Gate[] {
  if (value === undefined) return [];
  const written = (check(schemas.gates, value, at, problems) ?? []).map((gate) => gate.trim());
  written.forEach((gate, index) => {
    const meant = gate !== 'types' && !/\s/.test(gate) ? didYouMean(gate, ['types']) : '';
    if (SHELL.test(gate)) {
      problems.add([...at, index], `found '${gate}'; a gate runs without a shell: write one gate for each command`);
    } else if (meant) problems.add([...at, index], `found '${gate}'; allowed: 'types', or a command${meant}`);
  });
  const gates = new Set(written);
  const commands = [...gates].filter((gate) => gate !== 'types').map((command): Gate => ({ kind: 'command', command }));
  return gates.has('types') ? [{ kind: 'types' }, ...commands] : commands;
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
    return [{ kind: 'codemod', path: file, options: input.options ?? {} }];
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
