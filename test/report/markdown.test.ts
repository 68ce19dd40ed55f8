import { describe, expect, test } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { codeOf, row, textOf } from '../../src/report/markdown-text.ts';
import { ANY, chatBackend, MEMBER } from './chat-backend.ts';
import { makeRecord } from './make-record.ts';

const render = (copies: number) => renderMarkdown(buildReport(chatBackend(copies), { version: '0.1.0' }));

test('has the account, every place for review as a box to tick, every declaration and file, and how to undo', () => {
  const model = buildReport(chatBackend(), { version: '0.1.0' });
  const text = renderMarkdown(model);
  expect(text).toContain('**48 places found** = 31 edited + 4 for review + 13 left alone.');
  expect(text.match(/^- \[ \] /gm)).toHaveLength(4);
  for (const { proof } of model.proofs) expect(text).toContain(`\`${proof.name}\``);
  for (const file of model.phases.flatMap((phase) => phase.files)) expect(text).toContain(`\`${file.file}\``);
  expect(text).toContain('reroute rollback production\nreroute rollback consolidate');
});

test('fits into a pull request’s text however large the run, and says what it leaves out', () => {
  const text = render(200);
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toContain('more in the HTML report');
  expect(text).toContain('**8,008 places found**');
});

test('a failed gate has its output, fenced so that it cannot end the block', () => {
  const record = makeRecord({
    files: [],
    status: 'failed',
    gates: [{ gate: 'npm test', passed: false, output: 'a\n```\n# b', milliseconds: 1 }],
  });
  expect(renderMarkdown(buildReport([record], { version: '0.1.0' }))).toContain('````\na\n```\n# b\n````');
});

test('a name with markup in it stays a name', () => {
  const evil = '<img src=x>|`*_[a](b)';
  const record = makeRecord({
    phase: evil,
    files: [
      {
        file: `${evil}.ts`,
        before: 'x y\n',
        places: [
          { find: 'x', to: evil, proof: { ...MEMBER, name: evil } },
          { find: 'y', review: { ...ANY, text: evil, code: evil } },
        ],
      },
    ],
  });
  const text = renderMarkdown(buildReport([record], { version: '0.1.0' }));
  const outside = text.replace(/^```\n[\s\S]*?^```$/gm, '').replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
  expect(outside).not.toMatch(/(?<!\\)<img/);
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  for (const line of rows) expect([5, 8]).toContain(line.split(/(?<!\\)\|/).length - 2);
});

describe('text in Markdown', () => {
  test('a code span is fenced by more backticks than it has', () => {
    expect(codeOf('a')).toBe('`a`');
    expect(codeOf('a``b')).toBe('```a``b```');
    expect(codeOf('`a')).toBe('`` `a ``');
    expect(codeOf('a\nb')).toBe('`a b`');
  });

  test('plain text keeps its characters', () => {
    expect(textOf('a_b *c* <d>')).toBe('a\\_b \\*c\\* \\<d\\>');
  });

  test('a cell cannot end its row', () => {
    expect(row('a|b', 'c')).toBe('| a\\|b | c |');
  });
});
