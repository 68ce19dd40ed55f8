import type { ArgumentText } from './argument-text.ts';
import type { ParsedTemplate } from './parse-template.ts';
import type { NameUse, Scope } from './template-names.ts';

const NAMES = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/**
 * The splices that rename what a template declares itself, where an argument put inside its scope uses the same name:
 * `(message) => handler(message)` with the argument `message` becomes `(message_2) => message(message_2)`.
 * Any word of an argument's text counts as a name; a rename too many does no harm.
 */
export function renamedLocals(
  { template, holes, locals }: ParsedTemplate,
  given: readonly (readonly ArgumentText[])[],
): readonly { readonly start: number; readonly end: number; readonly text: string }[] {
  if (locals.length === 0) return [];
  const words = given.map((args) => new Set(args.flatMap(({ text }) => text.match(NAMES) ?? [])));
  const taken = new Set([...words.flatMap((each) => [...each]), ...(template.text.match(NAMES) ?? [])]);
  const newNames = new Map<Scope['node'], Map<string, string>>();

  return locals.flatMap((use) => {
    const scope = use.local!.node;
    const captures = holes.some(
      ({ hole }) => scope.start <= hole.start && hole.end <= scope.end && words[hole.parameter]!.has(use.name),
    );
    if (!captures) return [];
    const names = newNames.get(scope) ?? new Map<string, string>();
    newNames.set(scope, names);
    const name = names.get(use.name) ?? unusedName(use.name, taken);
    names.set(use.name, name);
    taken.add(name);
    return [{ start: use.node.start, end: use.node.end, text: writtenAs(use, name) }];
  });
}

/** A name where another one is used: `{ name }` keeps its key. */
export function writtenAs(use: NameUse, name: string): string {
  return use.shorthand ? `${use.name}: ${name}` : name;
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
  }
}
