import type { KeyPath } from './key-path.ts';
import { type CommandGate, type Gate, gateName } from './migration.ts';
import { didYouMean } from './nearest-name.ts';
import type { Problems } from './problems.ts';
import { check, describe, schemas } from './schema.ts';

const SHELL = /(?:^|\s)(?:&&?|\|\|?|;|[<>]{1,2})(?:\s|$)/;
const NAMED = ['types', 'clean'];

/** When each kind of gate has its turn. */
const ORDER: readonly Gate['kind'][] = ['types', 'budget', 'command', 'clean'];

/** The gates, each once: what is checked before writing, then the commands as they are written, then `clean`. */
export function readGates(value: unknown, at: KeyPath, problems: Problems): readonly Gate[] {
  if (value === undefined) return [];
  const written = (check(schemas.gates, value, at, problems) ?? []).flatMap((gate, index) =>
    typeof gate === 'object' && gate !== null && !Array.isArray(gate)
      ? readObject(gate, [...at, index], problems)
      : readText(gate, [...at, index], problems),
  );
  const once = [...new Map(written.map((gate) => [gateName(gate), gate])).values()];
  return once.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function readText(value: unknown, at: KeyPath, problems: Problems): readonly Gate[] {
  if (typeof value !== 'string' || value.trim() === '') {
    const forms = "'types', 'clean', a command, { command: '…' }, { budget: 0 }";
    problems.add(at, `${describe(value)}; allowed: ${forms}`);
    return [];
  }
  const gate = value.trim();
  if (gate === 'types' || gate === 'clean') return [{ kind: gate }];
  const meant = /\s/.test(gate) ? '' : didYouMean(gate, NAMED);
  if (meant) problems.add(at, `found '${gate}'; allowed: 'types', 'clean', or a command${meant}`);
  return [command({ command: gate }, at, problems)];
}

function readObject(value: object, at: KeyPath, problems: Problems): readonly Gate[] {
  if ('budget' in value) {
    const input = check(schemas.budgetGate, value, at, problems);
    return input ? [{ kind: 'budget', review: input.budget }] : [];
  }
  const input = check(schemas.commandGate, value, at, problems);
  return input ? [command(input, at, problems)] : [];
}

interface CommandInput {
  readonly command: string;
  readonly shell?: boolean | undefined;
  readonly seconds?: number | undefined;
  readonly retries?: number | undefined;
  readonly noNewFailures?: boolean | undefined;
}

/** What is left out stays out, so that a manifest without options has the hash that it always had. */
function command(input: CommandInput, at: KeyPath, problems: Problems): CommandGate {
  const { shell, seconds, retries, noNewFailures } = input;
  const text = input.command.trim();
  if (!shell && SHELL.test(text)) {
    const way = 'write one gate for each command, or { command: "…", shell: true }';
    problems.add(at, `found '${text}'; a gate runs without a shell: ${way}`);
  }
  return {
    kind: 'command',
    command: text,
    ...(shell && { shell: true }),
    ...(seconds !== undefined && { timeLimit: seconds }),
    ...(retries && { retries }),
    ...(noNewFailures && { noNewFailures: true }),
  };
}
