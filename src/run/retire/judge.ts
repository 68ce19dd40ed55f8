import path from 'node:path';
import { z } from 'zod';
import type { StandingProxy } from '../../proxy/standing-proxies.ts';
import { formatUse, type TargetUses } from './target-uses.ts';
import { due, type TargetVersion } from './until.ts';
import type { Caller, UsageEvidence } from './usage-files.ts';

const condition = z.object({
  of: z.enum(['uses', 'ratchet', 'date', 'usage']),
  holds: z.boolean(),
  text: z.string(),
  /** One fact each: the first uses, the days that are missing. */
  details: z.array(z.string()),
});

const caller = z.object({
  site: z.string(),
  package: z.string().optional(),
  build: z.string().optional(),
  host: z.string(),
  at: z.string(),
});

/** What is checked of a retirement when a record is read back. */
export const retirement = z.object({
  proxy: z.string(),
  goes: z.boolean(),
  conditions: z.array(condition),
  callers: z.array(caller),
});

/** One of the things that have to hold before a proxy may go. */
export type Condition = z.infer<typeof condition>;

/** Whether a proxy may go, with what each condition says. */
export interface Retirement {
  /** The deprecated module's path. */
  readonly proxy: string;
  readonly goes: boolean;
  readonly conditions: readonly Condition[];
  /** Who called it in the window, the latest first. */
  readonly callers: readonly Caller[];
}

export interface Evidence {
  /** `undefined`: no usage file was handed in; `waived`: the user goes on without. */
  readonly usage: UsageEvidence | 'waived' | undefined;
  /** What other targets of the migration say. */
  readonly others: readonly TargetUses[];
}

export interface JudgeOptions extends Evidence {
  readonly own: TargetUses;
  readonly now: Date;
  /** The version in the package.json nearest to a file. */
  readonly versionAt: (file: string) => TargetVersion | undefined;
  /** Files that import a proxy. */
  readonly importing: (proxy: string) => readonly string[];
}

const FIRST_FEW = 10;

/** Says of each proxy whether it may go. One that is imported by a proxy which stays, or its fallback, stays too. */
export function judge(proxies: readonly StandingProxy[], options: JudgeOptions): readonly Retirement[] {
  let judged = proxies.map((proxy): Retirement => judgeOne(proxy, options));
  for (let before = -1; before !== count(judged); ) {
    before = count(judged);
    const going = new Set(judged.filter(({ goes }) => goes).map(({ proxy }) => proxy));
    const staying = proxies.filter(({ path: file }) => !going.has(file));
    const stay = new Set(staying.flatMap(({ path: file, fallback }) => [file, fallback ?? []].flat()));
    judged = judged.map((one) =>
      withImporting(
        one,
        options.importing(one.proxy).filter((file) => stay.has(file)),
      ),
    );
  }
  return judged;
}

function count(judged: readonly Retirement[]): number {
  return judged.filter(({ goes }) => goes).length;
}

function judgeOne(proxy: StandingProxy, options: JudgeOptions): Retirement {
  const conditions = [uses(proxy, options), ratchet(proxy, options), date(proxy, options), usage(proxy, options)];
  const callers = options.usage && options.usage !== 'waived' ? callersOf(proxy, options.usage) : [];
  return { proxy: proxy.path, goes: conditions.every(({ holds }) => holds), conditions, callers };
}

function withImporting(one: Retirement, importing: readonly string[]): Retirement {
  if (!one.goes || importing.length === 0) return one;
  const conditions = one.conditions.map((each) =>
    each.of === 'uses'
      ? failed(
          'uses',
          'a proxy that stays needs it',
          importing.map((file) => `${file} imports it`),
        )
      : each,
  );
  return { ...one, goes: false, conditions };
}

function uses(proxy: StandingProxy, { own, others }: JudgeOptions): Condition {
  const found = [own, ...others].flatMap(({ root, uses: all }) =>
    (all.get(proxy.path) ?? []).map((use) =>
      root === own.root ? formatUse(use) : path.posix.join(root, formatUse(use)),
    ),
  );
  const where = others.length > 0 ? ` in ${others.length + 1} targets` : '';
  if (found.length === 0) return passed('uses', `none${where}`);
  return failed('uses', `${number(found.length, 'place')}${where}`, found);
}

function ratchet(proxy: StandingProxy, { own, others }: JudgeOptions): Condition {
  const found = [own, ...others].flatMap(({ root, ratchet: entries }) =>
    entries
      .filter(({ id }) => proxy.ids.includes(id))
      .map(({ id, file }) => `${root === own.root ? file : path.posix.join(root, file)} may use ${id}`),
  );
  if (found.length === 0) return passed('ratchet', 'empty');
  return failed(
    'ratchet',
    `${number(found.length, 'accepted use')} in the baseline; reroute verify --update strikes out what is gone`,
    found,
  );
}

function date({ path: file, until }: StandingProxy, { now, versionAt }: JudgeOptions): Condition {
  if (until.length === 0) return passed('date', 'the manifest sets none');
  const dates = until.map((each) => due(each, now, versionAt(file)));
  const open = dates.filter(({ holds }) => !holds);
  const [first] = open.length > 0 ? open : dates;
  return { of: 'date', holds: open.length === 0, text: first!.text, details: open.slice(1).map(({ text }) => text) };
}

function usage(proxy: StandingProxy, { usage: evidence }: JudgeOptions): Condition {
  // Whatever is handed in could not tell anything of it.
  if (proxy.ids.length === 0) return passed('usage', 'not counted: it only hands on, at no cost');
  if (evidence === undefined) {
    return failed(
      'usage',
      'no usage file was handed in: --usage "usage/*.ndjson", or --without-usage to go on without',
    );
  }
  if (evidence === 'waived') return passed('usage', 'not looked at: --without-usage');
  const hits = proxy.ids.reduce((sum, id) => sum + (evidence.hits.get(id)?.count ?? 0), 0);
  const window = `from ${evidence.from} to today`;
  const unreadable =
    evidence.unreadable > 0 ? [`${number(evidence.unreadable, 'line')} of the usage files cannot be read`] : [];
  if (hits > 0) return failed('usage', `${number(hits, 'call')} ${window}`, unreadable);
  const { silent, days } = evidence;
  if (silent.length === 0)
    return { ...passed('usage', `no call ${window}, a heartbeat on each day`), details: unreadable };
  const missing = silent.length === days ? 'on no day of' : `not on ${number(silent.length, 'day')} of`;
  return failed('usage', `no call ${window}, but heartbeats ${missing} the ${days}: nobody knows who called then`, [
    ...spans(silent).map((span) => `no heartbeat ${span}`),
    ...unreadable,
  ]);
}

function callersOf({ ids }: StandingProxy, evidence: UsageEvidence): readonly Caller[] {
  const callers = ids.flatMap((id) => evidence.hits.get(id)?.callers ?? []);
  // One site may call several of its members.
  const distinct = new Map<string, Caller>();
  for (const each of callers) {
    const key = JSON.stringify([each.site, each.host, each.build]);
    const known = distinct.get(key);
    if (!known || known.at < each.at) distinct.set(key, each);
  }
  return [...distinct.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, FIRST_FEW);
}

/** `on 2026-11-07`, `from 2026-11-09 to 2026-11-12`. */
function spans(days: readonly string[]): readonly string[] {
  const found: { first: string; last: string }[] = [];
  for (const day of days) {
    const open = found.at(-1);
    if (open && Date.parse(day) - Date.parse(open.last) === 86_400_000) open.last = day;
    else found.push({ first: day, last: day });
  }
  return found.map(({ first, last }) => (first === last ? `on ${first}` : `from ${first} to ${last}`));
}

function passed(of: Condition['of'], text: string): Condition {
  return { of, holds: true, text, details: [] };
}

function failed(of: Condition['of'], text: string, details: readonly string[] = []): Condition {
  const shown = details.length <= FIRST_FEW + 1 ? details : details.slice(0, FIRST_FEW);
  const more = details.length - shown.length;
  return { of, holds: false, text, details: more > 0 ? [...shown, `… and ${more} more`] : [...shown] };
}

function number(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`;
}
