import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { PhaseTarget } from '../run/phases/phase-target.ts';

const APP = `const Old = require('./old');
const router = new Old();
console.log(router.register_handler('a'), new (require('./old'))().register_handler('b'));
console.log(router instanceof Old, [Old].length);
`;
const PRINTED = 'a handled b handled\ntrue 1\n';

const CLASS = (name: string, member: string) =>
  `class ${name} {\n  ${member}(type) {\n    return \`\${type} handled\`;\n  }\n}\n`;
const PROTOTYPE = (name: string, member: string) =>
  `function ${name}() {}\n${name}.prototype.${member} = function (type) {\n  return \`\${type} handled\`;\n};\n`;

const moved = (to: string, name: string): MigrationInput => ({
  name: 'one-value',
  canonical: { [to]: { [name]: { replaces: ['old.js#default'], members: { register_handler: 'addHandler' } } } },
});

const node = (target: PhaseTarget) =>
  spawnSync(process.execPath, ['--no-deprecation', '--no-warnings', 'app.js'], { cwd: target.root, encoding: 'utf8' });

async function migrated(files: Readonly<Record<string, string>>, input: MigrationInput) {
  const target = new PhaseTarget({ 'app.js': APP, ...files }, input);
  expect(node(target)).toMatchObject({ stdout: PRINTED, stderr: '' });
  const { records } = await target.run();
  const again = await target.run();
  expect(again.records.map(({ status }) => status)).toEqual(records.map(() => 'nochange'));
  expect(node(target)).toMatchObject({ stdout: PRINTED, stderr: '' });
  const reviewed = records.flatMap(({ outcomes }) => outcomes.filter(({ result }) => result !== 'edited'));
  return { target, reviewed };
}

test.each([
  ['class', CLASS],
  ['function with a prototype', PROTOTYPE],
])('members of the %s that a module is are renamed in place', async (_, declare) => {
  const old = (member: string) => `${declare('Old', member)}module.exports = Old;\n`;
  const { target, reviewed } = await migrated(
    { 'old.js': old('register_handler') },
    { name: 'in-place', canonical: { 'old.js': { default: { members: { register_handler: 'addHandler' } } } } },
  );
  expect(reviewed).toEqual([]);
  expect(target.read('old.js')).toBe(old('addHandler'));
  expect(target.read('app.js')).toBe(APP.replaceAll('register_handler', 'addHandler'));
});

test('a module that is one value is required from another that is one', async () => {
  const { target, reviewed } = await migrated(
    {
      'old.js': `${CLASS('Old', 'register_handler')}module.exports = Old;\n`,
      'new.js': `${CLASS('Router', 'addHandler')}module.exports = Router;\n`,
    },
    moved('new.js', 'default'),
  );
  expect(reviewed).toEqual([]);
  expect(target.read('app.js')).toBe(APP.replaceAll('./old', './new').replaceAll('register_handler', 'addHandler'));
});

test('a module that is one value is required by its name from a module that has names', async () => {
  const { target, reviewed } = await migrated(
    {
      'old.js': `${CLASS('Old', 'register_handler')}module.exports = Old;\n`,
      'new.js': `${CLASS('Router', 'addHandler')}module.exports = { Router };\n`,
    },
    moved('new.js', 'Router'),
  );
  expect(reviewed).toEqual([]);
  expect(target.read('app.js')).toBe(
    APP.replaceAll("require('./old')", "require('./new').Router").replaceAll('register_handler', 'addHandler'),
  );
});
