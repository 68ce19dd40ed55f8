import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { renderHtml } from '../../src/report/html.ts';
import { type Browser, launch, type Page } from './browser.ts';
import { ANY, chatBackend, MEMBER, QUEUE } from './chat-backend.ts';
import { declared, makeRecord } from './make-record.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const model = buildReport(chatBackend(), { version: '0.1.0' });
const open = (copies = 1): Promise<Page> =>
  browser.open(renderHtml(copies === 1 ? model : buildReport(chatBackend(copies), { version: '0.1.0' })));
const textOf = (page: Page, selector: string) =>
  page.evaluate<string | undefined>(`document.querySelector(${JSON.stringify(selector)})?.innerText`);
/** A row's code, also where the browser has not laid it out because it is out of sight. */
const codeOf = (page: Page, row: string) =>
  page.evaluate<string>(`document.querySelector('${row}').cells[2].textContent`);
const shown = (page: Page, selector: string) =>
  page.evaluate<number>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility()).length`,
  );
const until = async (page: Page, condition: string) => {
  await page.evaluate(
    `new Promise((resolve) => { const look = () => (${condition}) ? resolve() : requestAnimationFrame(look); look(); })`,
  );
};

test('the page asks for nothing but itself, and its own style and script pass its security policy', async () => {
  const page = await open();
  expect(page.requests).toHaveLength(1);
  expect(page.complaints).toEqual([]);
  expect(await page.evaluate('document.documentElement.classList.contains("js")')).toBe(true);
  expect(await page.evaluate('getComputedStyle(document.querySelector(".file")).borderRadius')).toBe('8px');
});

test('the security policy stops any other script and style', async () => {
  const page = await open();
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "taken"' }))`,
  );
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1"><p id="styled" style="color: red">')`,
  );
  await until(page, 'true');
  expect(await page.evaluate('document.title')).toBe('message-router: consolidate, production');
  expect(await page.evaluate('document.querySelector("#styled").style.color')).toBe('');
  expect(page.complaints.length).toBeGreaterThan(0);
});

test('names and code with markup in them are text', async () => {
  const evil = `<img src=x onerror="document.title='taken'">&amp;</script><script>document.title='taken'</script>'"`;
  const record = makeRecord({
    migration: { name: evil, hash: evil },
    target: `/${evil}`,
    phase: evil,
    files: [
      {
        file: `src/${evil}.ts`,
        step: evil,
        before: `x ${evil}\ny\nz\n`,
        places: [
          { find: 'x', to: evil, proof: { ...MEMBER, name: evil, declaration: declared(evil, 1, 1) } },
          { find: 'y', review: { code: evil, text: evil, declarations: [declared(evil, 1, 1)] } },
          { find: 'z', left: { code: evil, text: evil, declarations: [declared(evil, 1, 1)] } },
        ],
      },
    ],
    skipped: [{ file: evil, reason: { code: evil, text: evil } }],
    gates: [{ gate: evil, passed: false, output: evil, milliseconds: 1 }],
  });
  const page = await browser.open(renderHtml(buildReport([record], { version: evil })));
  expect(await page.evaluate('document.title')).toContain('<img');
  expect(await page.evaluate('document.images.length + document.scripts.length')).toBe(1);
  expect(await page.evaluate('document.querySelector(".file").dataset.file')).toBe(`src/${evil}.ts`);
  expect(await codeOf(page, 'tr.d')).toBe(`x ${evil}`);
  expect(await codeOf(page, 'tr.a')).toBe(`${evil} ${evil}`);
  expect(page.complaints).toEqual([]);
});

test('characters that reorder or hide code are spelled out', async () => {
  const record = makeRecord({ files: [{ file: 'a.ts', before: 'x\n', after: 'if (a) {\u202e} \u2066// b\u0007\n' }] });
  const page = await browser.open(renderHtml(buildReport([record], { version: '0.1.0' })));
  expect(await codeOf(page, 'tr.a')).toBe('if (a) {\\u{202e}} \\u{2066}// b\\u{7}');
});

describe('a diff', () => {
  test('shows every line as it is, with its numbers', async () => {
    const page = await open();
    const rows = await page.evaluate<[string, string, string, string][][]>(
      '[...document.querySelectorAll(".file")].map((file) => [...file.querySelectorAll(".u tr:not(.h)")].map((row) => [row.className, row.cells[0].dataset.n, row.cells[1].dataset.n, [...row.cells[2].childNodes].filter((n) => n.className !== "end").map((n) => n.textContent).join("")]))',
    );
    const expected = model.phases
      .flatMap((phase) => phase.files)
      .map((file) =>
        file.hunks
          .flatMap((hunk) => hunk.rows)
          .map((row) => [
            { context: 'c', removed: 'd', added: 'a' }[row.kind],
            `${row.old ?? ''}`,
            `${row.new ?? ''}`,
            row.text.replace(/\r$/, ''),
          ]),
      );
    expect(rows).toEqual(expected);
  });

  test('becomes side by side and unified again', async () => {
    const page = await open();
    await page.resize(1400, 900);
    await page.evaluate('document.querySelector("#f2\\\\.3").open = true');
    const texts = (side: number) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll("#f2\\\\.3 .diff.s tr:not(.h)")].map((row) => row.cells[${side}]).filter((cell) => cell.className !== 'none').map((cell) => cell.textContent)`,
      );
    await page.evaluate('document.querySelector("#view").click()');
    await until(page, 'document.querySelector("#f2\\\\.3 .diff.s")');
    const rows = model.phases[1]!.files[2]!.hunks.flatMap((hunk) => hunk.rows);
    expect(await texts(1)).toEqual(rows.filter((row) => row.kind !== 'added').map((row) => row.text));
    expect(await texts(3)).toEqual(rows.filter((row) => row.kind !== 'removed').map((row) => row.text));
    expect(await shown(page, '#f2\\.3 .diff.u')).toBe(0);
    await page.evaluate('document.querySelector("#view").click()');
    expect([await shown(page, '#f2\\.3 .diff.u'), await shown(page, '#f2\\.3 .diff.s')]).toEqual([1, 0]);
  });

  test('fits a narrow window, unified', async () => {
    const page = await open();
    await page.evaluate('document.querySelector("#view").click()');
    await page.evaluate('document.querySelector("#fold").click()');
    await page.resize(380, 800);
    await until(page, 'innerWidth === 380');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    expect(await shown(page, '#f2\\.3 .diff.u')).toBe(1);
    expect(await shown(page, '#f2\\.3 .diff.s')).toBe(0);
  });
});

describe('the proof of an edit', () => {
  const proof = (page: Page) => textOf(page, '#proof:not([hidden])');

  test('shows on hover and goes when the mouse leaves', async () => {
    const page = await open();
    await page.resize(1400, 900);
    await page.evaluate('document.querySelector("#f2\\\\.3").open = true');
    await page.hover('#f2\\.3 tr.a a.m');
    await until(page, '!document.querySelector("#proof").hidden');
    expect(await proof(page)).toContain(
      '../websocket/message_router resolves to src/services/websocket/message_router.ts',
    );
    await page.hover('h1');
    await until(page, 'document.querySelector("#proof").hidden');
  });

  test('is reached with the keyboard alone: n opens the next edit, Escape closes, focus stays', async () => {
    const page = await open();
    await page.resize(1400, 900);
    await page.press('n');
    await until(page, '!document.querySelector("#proof").hidden');
    expect(await page.evaluate('document.activeElement.closest(".file").dataset.file')).toBe('src/app.ts');
    await page.press('n');
    await page.press('n');
    await page.press('n');
    expect(await proof(page)).toMatch(
      /register_handler is MessageRouter\.register_handler, declared at\s+src\/services\/websocket\/message_router\.ts:41:3/,
    );
    await page.press('Escape');
    expect(await proof(page)).toBeUndefined();
    expect(await page.evaluate('document.activeElement.className')).toBe('m');
    await page.press('Tab');
    expect(await proof(page)).toContain('override');
  });

  test('stands in the page for a reader without a script: each mark links to it', async () => {
    const page = await open();
    const dangling = await page.evaluate(
      '[...document.querySelectorAll("a.m, .proofs a")].filter((a) => !document.getElementById(a.hash.slice(1))).length',
    );
    const marks = await page.evaluate<number>('document.querySelectorAll("a.m").length');
    expect(dangling).toBe(0);
    expect(marks).toBeGreaterThan(80);
  });
});

describe('the filter', () => {
  test('by file narrows changes, review, left alone and the list of files, and says so', async () => {
    const page = await open();
    await page.resize(1400, 900);
    await page.press('/');
    await page.type('SRC plugins');
    expect([await shown(page, '.file'), await shown(page, '.items > li'), await shown(page, '.files li')]).toEqual([
      0, 1, 0,
    ]);
    expect(await textOf(page, '#shown')).toBe('0 of 14 files');
    await page.evaluate('document.querySelector("#filter").select()');
    await page.type('polls');
    expect([
      await shown(page, '.file'),
      await shown(page, '.items > li'),
      await shown(page, '.left .group'),
      await shown(page, '.files li'),
    ]).toEqual([1, 0, 1, 1]);
  });

  test('by result shows one section', async () => {
    const page = await open();
    for (const result of ['edited', 'review', 'left']) {
      await page.evaluate(`document.querySelector('input[value=${result}]').click()`);
      const sections = await page.evaluate(
        `['edited', 'review', 'left'].filter((name) => document.querySelector('.part.' + name).checkVisibility())`,
      );
      expect(sections).toEqual([result]);
    }
  });
});

test('an address with a file opens it', async () => {
  const page = await open();
  await page.evaluate('location.hash = "#f2.4"');
  await until(page, 'document.querySelector("#f2\\\\.4").open');
  expect(await textOf(page, '.files .here')).toContain('billing_service.ts');
});

test('600 files start closed and the page still answers', async () => {
  const page = await open(60);
  await page.resize(1400, 900);
  expect(await page.evaluate('document.querySelectorAll("details.file").length')).toBe(604);
  expect(await page.evaluate('document.querySelectorAll("details.file[open]").length')).toBe(0);
  await page.evaluate('document.querySelector("#filter").focus()');
  await page.type('polls17');
  expect(await textOf(page, '#shown')).toBe('1 of 604 files');
});

test('the theme follows the system until the reader chooses, and the choice holds', async () => {
  const page = await open();
  const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const auto = await paper();
  await page.evaluate('document.querySelector("#theme").click()');
  const light = await paper();
  await page.evaluate('document.querySelector("#theme").click()');
  const dark = await paper();
  expect(light).not.toBe(dark);
  expect([light, dark]).toContain(auto);
});

test('a run that changed and found nothing says so', async () => {
  const page = await browser.open(
    renderHtml(buildReport([makeRecord({ files: [], status: 'nochange' })], { version: '0.1.0' })),
  );
  expect(await textOf(page, '.pill')).toBe('nothing to change');
  expect(await textOf(page, 'main')).toContain('there is nothing to undo');
  expect(page.complaints).toEqual([]);
});

test('a failed gate is open, with what it printed', async () => {
  const record = makeRecord({
    status: 'failed',
    files: [
      {
        file: 'a.ts',
        before: 'x y z\n',
        places: [
          { find: 'x', to: 'X', proof: MEMBER },
          { find: 'y', review: ANY },
          { find: 'z', left: QUEUE },
        ],
      },
    ],
    gates: [{ gate: 'npm test', passed: false, output: '1 failed', milliseconds: 5 }],
  });
  const page = await browser.open(renderHtml(buildReport([record], { version: '0.1.0' })));
  expect(await textOf(page, '.gates')).toContain('1 failed');
  expect(await textOf(page, '.pill')).toContain('failed');
});
