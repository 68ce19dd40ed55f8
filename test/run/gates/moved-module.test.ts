import { expect, test } from 'vitest';
import { changed, PhaseTarget } from '../phases/phase-target.ts';

const MOVE = {
  name: 'move',
  canonical: { 'src/shapes/box.js': { exports: '*' as const, replaces: ['src/box.js'] } },
};

test('what the checker finds wrong in a module that moves was wrong before, whatever paths its words name', async () => {
  const target = new PhaseTarget(
    {
      'package.json': '{ "name": "target", "type": "module", "private": true }\n',
      'src/settings.js': 'export const settings = { size: 1 };\n',
      'src/box.js': [
        "import { settings } from './settings.js';",
        "import data from './data.not-made-yet.js';",
        'export class Box {',
        '  /** @param {number} size */',
        '  constructor(size) { this.size = size; }',
        '}',
        '/** @type {Box} */',
        'export const box = settings;',
        "export const total = data + new Box('1').size;",
        '',
      ].join('\n'),
      'src/use.js': "import { Box } from './box.js';\n/** @type {Box} */\nexport const none = 'none';\n",
    },
    MOVE,
  );
  const { records } = await target.run();
  expect(records.flatMap(({ gates }) => gates.map(({ output }) => output)).join('')).toBe('');
  expect(records.flatMap(changed)).toEqual(['src/box.js', 'src/shapes/box.js', 'src/use.js']);
  expect(target.read('src/shapes/box.js')).toContain("import data from '../data.not-made-yet.js';");
});
