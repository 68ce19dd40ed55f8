import { expect, test } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { renderJson } from '../../src/report/json.ts';
import { plain } from '../../src/report/palette.ts';
import { renderText } from '../../src/report/text.ts';
import { chatBackend, MEMBER } from './chat-backend.ts';
import { makeRecord } from './make-record.ts';

const model = buildReport(chatBackend(), { version: '0.1.0' });
const ESCAPE = '\u001b';

test('the full text has every changed file, edit, review item, left place and skipped file', () => {
  const text = renderText(model, { detail: 'full' });
  const files = model.phases.flatMap((phase) => phase.files);
  for (const file of files) expect(text).toContain(file.file);
  for (const item of model.review.flatMap((group) => group.items))
    expect(text).toContain(`${item.now.file}:${item.now.line}:${item.now.column}`);
  for (const place of model.left.flatMap((group) => group.places))
    expect(text).toContain(`${place.file}:${place.line}:${place.column}`);
  expect(text.match(/the type checker resolves it to|it overrides|the specifier resolves to/g)).toHaveLength(31);
  expect(text).toContain('src/legacy/broken.js:14:9');
});

test('the summary stays short over 600 files and says what it leaves out', () => {
  const text = renderText(buildReport(chatBackend(60), { version: '0.1.0' }), { detail: 'summary' });
  expect(text.split('\n').length).toBeLessThan(60);
  expect(text).toContain('602 files (1 deleted)');
  expect(text).toContain('… and 597 more in the report');
});

test('a failed gate shows the end of what it printed', () => {
  const output = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n');
  const record = makeRecord({
    files: [],
    status: 'failed',
    gates: [{ gate: 'npm test', passed: false, output, milliseconds: 61_000 }],
  });
  const text = renderText(buildReport([record], { version: '0.1.0' }), { detail: 'summary' });
  expect(text).toContain('npm test  failed (1 min 1 s)');
  expect(text).toContain('… 80 lines before');
  expect(text).toContain('line 99');
  expect(text).not.toContain('line 79\n');
});

test('colours come from the palette alone, and no name can add any', () => {
  const record = makeRecord({
    files: [
      { file: `a${ESCAPE}[31m.ts`, before: 'x\n', places: [{ find: 'x', to: `${ESCAPE}]0;title`, proof: MEMBER }] },
    ],
    gates: [{ gate: 'npm test', passed: false, output: `${ESCAPE}[2J`, milliseconds: 1 }],
  });
  const report = buildReport([record], { version: '0.1.0' });
  expect(renderText(report, { detail: 'full' })).not.toContain(ESCAPE);
  const red = (text: string) => `${ESCAPE}[31m${text}${ESCAPE}[39m`;
  expect(renderText(report, { detail: 'full', palette: { ...plain, red } }).split(ESCAPE).length).toBeGreaterThan(2);
});

test('JSON reads back as the model, but for the whole texts of files', () => {
  const phases = model.phases.map((phase) => ({
    ...phase,
    files: phase.files.map(({ before: _b, after: _a, ...file }) => file),
  }));
  expect(JSON.parse(renderJson(model))).toEqual(
    JSON.parse(JSON.stringify({ format: 'reroute-report', version: 1, ...model, phases })),
  );
  expect(renderJson(model)).not.toContain('messages kept per room\\n');
});
