// Writes the rules for ast-grep's CLI, which knows no types, and gives its command.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** The command that prints what a rename of `method` would change, and where its imports would go. */
export function astGrep(root, { from, to, module }, language = 'TypeScript') {
  const rules = [
    `id: method\nlanguage: ${language}\nrule: { pattern: $A.${from}($$$B) }\nfix: $A.${to}($$$B)`,
    ...(module
      ? [
          `id: module\nlanguage: ${language}\nrule: { kind: string_fragment, regex: '(^|/)${module}$', inside: { kind: import_statement, stopBy: end } }\nfix: moved`,
        ]
      : []),
  ];
  const file = path.join(root, 'ast-grep-rules.yml');
  writeFileSync(file, rules.join('\n---\n'));
  const binary = path.join(import.meta.dirname, 'node_modules/.bin/ast-grep');
  return [binary, 'scan', '--rule', file, '--json=compact', path.join(root, 'src')];
}
