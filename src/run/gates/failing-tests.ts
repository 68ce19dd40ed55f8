import path from 'node:path';
import { toPosix } from '../../base/paths.ts';

/**
 * The names of the tests that failed, from what a test runner prints: the JSON of vitest (`--reporter=json`) and jest
 * (`--json`), or of node:test its TAP (`--test-reporter=tap`) or its events as JSON lines. `undefined` when it is none of
 * these. Names begin with the file, relative to `root`, where the runner tells it.
 * Sources: https://vitest.dev/guide/reporters, https://jestjs.io/docs/cli#--json, https://nodejs.org/api/test.html
 */
export function failingTests(printed: string, root: string): ReadonlySet<string> | undefined {
  return fromJson(printed, root) ?? fromEvents(printed, root) ?? fromTap(printed);
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function fromJson(printed: string, root: string): ReadonlySet<string> | undefined {
  const report = jsonReport(printed);
  if (!report) return undefined;
  const failed = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(name, root);
    const own = assertionResults.filter((one) => one.status === 'failed').map(({ fullName }) => `${file} ${fullName}`);
    // A file that cannot be loaded has no tests to fail.
    return own.length === 0 && status === 'failed' ? [file] : own;
  });
  return new Set(failed);
}

/** The report is one line, or all that is printed from its first line on. */
function jsonReport(printed: string): JsonReport | undefined {
  for (const match of printed.matchAll(/^\{/gm)) {
    const rest = printed.slice(match.index);
    for (const text of [rest.slice(0, `${rest}\n`.indexOf('\n')), rest.slice(0, rest.lastIndexOf('}') + 1)]) {
      const value = parse(text) as Partial<JsonReport> | undefined;
      if (Array.isArray(value?.testResults)) return value as JsonReport;
    }
  }
  return undefined;
}

interface TestEvent {
  readonly type?: unknown;
  readonly data?: {
    readonly name?: string;
    readonly file?: string;
    readonly nesting?: number;
    readonly todo?: unknown;
  };
}

function fromEvents(printed: string, root: string): ReadonlySet<string> | undefined {
  const events = printed
    .split('\n')
    .filter((line) => line.startsWith('{"type":"test:'))
    .map((line) => parse(line) as TestEvent | undefined);
  if (events.length === 0) return undefined;
  const failed = events.filter((event) => event?.type === 'test:fail' && !event.data?.todo);
  return new Set(failed.map((event) => `${relative(event?.data?.file ?? '', root)} ${event?.data?.name}`.trim()));
}

/** Of TAP: `# Subtest: outer` comes before what is in it, `not ok 1 - inner` after, each level four spaces further in. */
function fromTap(printed: string): ReadonlySet<string> | undefined {
  if (!/^TAP version 1[34]$/m.test(printed)) return undefined;
  const failed = new Set<string>();
  const around: string[] = [];
  for (const line of printed.split('\n')) {
    const [, indent, subtest, notOk] = /^( *)(?:# Subtest: (.*)|not ok \d+(?: - (.*))?)$/.exec(line.trimEnd()) ?? [];
    if (indent === undefined) continue;
    const level = indent.length / 4;
    if (subtest !== undefined) around.splice(level, Number.POSITIVE_INFINITY, subtest);
    else if (!/ # (?:TODO|SKIP)\b/i.test(notOk ?? '')) failed.add([...around.slice(0, level), notOk ?? ''].join(' > '));
  }
  return failed;
}

function relative(file: string, root: string): string {
  return path.isAbsolute(file) ? toPosix(path.relative(root, file)) : file;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
