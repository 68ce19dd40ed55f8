/** Words of a command, or why it is not one that can be run without a shell. */
export type SplitCommand = { readonly words: readonly [string, ...string[]] } | { readonly problem: string };

const OPERATORS = /[|&;<>`$()*?]/;

/**
 * The words of a command as a shell would pass them: split at white space, `'…'` and `"…"` kept together, `\` before a
 * character takes its meaning away (in double quotes only before `"`, `\`, `$` and a back quote). What only a shell can
 * do (pipes, `&&`, variables, globs, assignments before the command) is a problem, not a word: passed on as text it
 * would mean something else. Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting.
 */
export function splitCommand(command: string): SplitCommand {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < command.length; at++) {
    const unit = command[at]!;
    const next = command[at + 1];
    if (unit === quote) {
      quote = undefined;
    } else if (quote === "'") {
      word += unit;
    } else if (unit === '\\' && next !== undefined && (!quote || '"\\$`'.includes(next))) {
      word = (word ?? '') + next;
      at++;
    } else if (quote === '"') {
      if (unit === '$' || unit === '`') return needsShell(unit);
      word += unit;
    } else if (unit === '"' || unit === "'") {
      quote = unit;
      word ??= '';
    } else if (/\s/.test(unit)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (OPERATORS.test(unit)) {
      return needsShell(unit);
    } else {
      word = (word ?? '') + unit;
    }
  }
  if (quote) return { problem: `the quote ${quote} is not closed` };
  if (word !== undefined) words.push(word);
  const [first, ...rest] = words;
  if (first === undefined) return { problem: 'it is empty' };
  if (/^[A-Za-z_]\w*=/.test(first))
    return { problem: `it begins with the assignment ${first}; say: env ${command.trim()}` };
  return { words: [first, ...rest] };
}

function needsShell(unit: string): SplitCommand {
  return {
    problem: `${unit} has a meaning only in a shell, and gates run without one; quote it, make two gates, or say: sh -c '…'`,
  };
}
