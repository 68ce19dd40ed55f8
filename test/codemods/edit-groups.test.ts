import { expect, test } from 'vitest';
import { parseFile } from '../../codemods/lib/parse.ts';
import { applyEdits } from '../../codemods/lib/plain-transform.ts';
import { runHosted } from './hosted-run.ts';
import { migration } from './migration.ts';

const PATH = 'src/app/main.ts';
const run = (text: string) => runHosted(PATH, text, migration, { imports: true, members: true });

test('an import and the uses that it renames are held back together', () => {
  const { edits } = run(
    "import { OldRouter } from '../legacy/old-router';\nexport const r = [OldRouter, OldRouter];\n",
  );
  expect(edits.length).toBeGreaterThan(2);
  expect(new Set(edits.map(({ group }) => group))).toEqual(new Set(['import:OldRouter']));
});

test('names that merge into a rewritten import depend on it', () => {
  const text =
    "import { MessageRouter } from '../core/message-router';\nimport { OldRouter } from '../legacy/old-router';\nexport const r = [MessageRouter, OldRouter];\n";
  expect(new Set(run(text).edits.map(({ group }) => group)).size).toBe(1);
});

test('whatever groups are held back, the rest still parses and answers its own usages', () => {
  const text = [
    "import { MessageRouter, helper } from '../core/message-router';",
    "import { OldRouter } from '../legacy/old-router';",
    "import { QualityRouter } from '../services/quality-router';",
    'const one = new MessageRouter();',
    'const two: OldRouter = new OldRouter();',
    "one.register_handler('a', () => two.register_handler('b', helper));",
    'two.on_type(() => one.stop(), OldRouter);',
    'export const three = new QualityRouter(one.handler_count(), OldRouter);',
    '',
  ].join('\n');
  const { edits } = run(text);
  const groups = [...new Set(edits.map(({ group }) => group))];
  expect(groups.length).toBeGreaterThan(3);
  for (let held = 0; held < 2 ** groups.length; held++) {
    const kept = edits.filter(({ group }) => (held & (1 << groups.indexOf(group))) === 0);
    expect(() => parseFile(PATH, applyEdits(text, kept))).not.toThrow();
  }
});

test('an import that one call needs goes with the call, one that two need stands by itself', () => {
  const groupsOf = (text: string) =>
    run(text)
      .edits.filter((edit) => edit.text.includes('import {'))
      .map(({ group }) => group);
  const member =
    "import { MessageRouter } from '../core/message-router';\nconst r = new MessageRouter();\nr.register_handler('a', b);\n";
  expect(groupsOf(member)).toEqual([`member:${member.indexOf('register_handler')}`]);
  expect(groupsOf(`${member}r.register_handler('c', d);\n`)).toEqual(['import:handlerFor']);
});
