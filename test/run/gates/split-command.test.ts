import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { splitCommand } from '../../../src/run/gates/split-command.ts';

const COMMANDS = [
  'npm test',
  '  npm   run\ttest:unit  ',
  `node -e "console.log('a b')"`,
  `node -e 'console.log("a  b")'`,
  String.raw`echo a\ b "c \" d" 'e \ f' "g \n h"`,
  `x ''  "" a""b 'it'"'"'s'`,
  '/opt/my\\ tools/check --flag=value=1 --glob="src/**"',
  'say Zürich "東京 🚂"',
];

test.each(COMMANDS)('splits as a shell does: %s', (command) => {
  const shell = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  expect(splitCommand(command)).toEqual({ words: shell.split('\0').slice(0, -1) });
});

test.each([
  ['npm test && npm run lint', '&'],
  ['npm test | tee log', '|'],
  ['npm test > log', '>'],
  ['npm test; true', ';'],
  ['echo $HOME', '$'],
  ['echo "$HOME"', '$'],
  ['echo `date`', '`'],
  ['prettier --check src/*.ts', '*'],
])('%s needs a shell and says so', (command, unit) => {
  expect(splitCommand(command)).toEqual({ problem: expect.stringContaining(`${unit} has a meaning only in a shell`) });
});

test.each([
  ['echo "open', 'not closed'],
  ['', 'empty'],
  ['NODE_ENV=test npm test', 'env NODE_ENV=test npm test'],
])('%j is a problem', (command, text) => {
  expect(splitCommand(command)).toEqual({ problem: expect.stringContaining(text) });
});
