import { describe, expect, test } from 'vitest';
import { RerouteError } from '../../src/base/errors.ts';
import { describeError, errorToJson } from '../../src/cli/errors.ts';
import { plain } from '../../src/report/palette.ts';

const known = new RerouteError({
  code: 'MANIFEST_UNKNOWN_EXPORT',
  message: 'src/a.ts has no export "Ruoter".',
  where: { file: 'reroute.config.ts', line: 4, column: 9, range: { start: 0, end: 0 } },
  details: ['It exports Router.', 'two\nlines'],
  next: 'Write src/a.ts#Router.',
});

describe('a known error', () => {
  test('prints message, place, facts, what to do next and its code, without a stack', () => {
    expect(describeError(known, plain)).toBe(
      'error src/a.ts has no export "Ruoter". MANIFEST_UNKNOWN_EXPORT\n' +
        '  at   reroute.config.ts:4:9\n' +
        '       It exports Router.\n' +
        '       two\n' +
        '       lines\n' +
        '  next Write src/a.ts#Router.\n',
    );
  });

  test('names just the file when it has no line', () => {
    const error = new RerouteError({ code: 'A', message: 'B.', where: { file: '/x' } });
    expect(describeError(error, plain)).toBe('error B. A\n  at   /x\n');
  });

  test('is the same as JSON', () => {
    expect(errorToJson(known)).toMatchObject({
      code: 'MANIFEST_UNKNOWN_EXPORT',
      where: { line: 4, column: 9 },
      details: ['It exports Router.', 'two\nlines'],
      next: 'Write src/a.ts#Router.',
    });
    expect(JSON.stringify(errorToJson(known))).not.toContain('errors.test');
  });

  test('cannot steer the terminal with a name in it', () => {
    const error = new RerouteError({ code: 'A', message: 'file \u001b[2J\u202e', where: { file: '\u0007' } });
    expect(describeError(error, plain)).toBe('error file \\u{1b}[2J\\u{202e} A\n  at   \\u{7}\n');
  });
});

describe('a fault', () => {
  test('prints its stack and its cause', () => {
    const text = describeError(new Error('outer', { cause: new TypeError('inner') }), plain);
    expect(text).toContain('mistake in Reroute');
    expect(text).toMatch(/Error: outer\n +at .*errors\.test/);
    expect(text).toContain('caused by TypeError: inner');
  });

  test('is told also when it is no error at all', () => {
    expect(describeError('what', plain)).toContain('what');
    expect(errorToJson('what')).toMatchObject({ code: 'FAULT', message: 'what' });
  });
});
