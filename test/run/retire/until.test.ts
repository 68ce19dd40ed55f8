import { expect, test } from 'vitest';
import { due } from '../../../src/run/retire/until.ts';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const at = (version: string) => ({ file: 'package.json', version });

test.each([
  ['2026-11-21', true],
  ['2026-11-22', false],
  ['2026-11-21T09:59:59Z', true],
  ['2026-11-21T10:00:01Z', false],
  ['2026-13-01', false],
])('the date %s has passed: %s', (until, holds) => {
  expect(due(until, NOW, at('99.0.0')).holds).toBe(holds);
});

test.each([
  ['3.0.0', '3.0.0', true],
  ['3', '2.9.9', false],
  ['v3.1', '3.1.0', true],
  ['3.0.0', '3.0.0-rc.2', false],
  ['3.0.0-rc.2', '3.0.0-rc.10', true],
  ['3.0.0-rc.2', '3.0.0-beta', false],
  ['3.0.0-rc', '3.0.0', true],
  ['3.10.0', '3.9.0', false],
])('version %s in a target at %s: %s', (until, version, holds) => {
  expect(due(until, NOW, at(version)).holds).toBe(holds);
});

test('what cannot be compared does not count as passed, and says why', () => {
  expect(due('3.0.0', NOW, undefined)).toMatchObject({
    holds: false,
    text: expect.stringContaining('no package.json'),
  });
  expect(due('3.0.0', NOW, at('workspace')).holds).toBe(false);
  expect(due('next spring', NOW, at('3.0.0'))).toMatchObject({
    holds: false,
    text: expect.stringContaining('neither'),
  });
  expect(due('2026-11-23', NOW, undefined).text).toBe('until 2026-11-23, in 2 days');
});
