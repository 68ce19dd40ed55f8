import path from 'node:path';
import type { FileChange } from '../../plan/file-change.ts';
import { type StandingProxy, standingProxies } from '../../proxy/standing-proxies.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Drafting } from '../draft/drafting.ts';
import { judge, type Retirement } from './judge.ts';
import { targetUses } from './target-uses.ts';
import type { TargetVersion } from './until.ts';

export interface RetiredProxies {
  /** Those that may go, and the old implementations kept beside them, as deletions. */
  readonly changes: readonly FileChange[];
  /** What is said of each proxy that stands, by path. */
  readonly retirements: readonly Retirement[];
}

/** Migration → FileChange[]: takes away the proxies that nobody needs. All of the target is surveyed, whatever the phase's files. */
export function retireProxies({ session, migration, evidence, clock, report }: Drafting): RetiredProxies {
  const { view } = session;
  const proxies = standingProxies(migration, (file) => textOf(view, file));
  if (proxies.length === 0) return { changes: [], retirements: [] };
  report({ stage: 'prove', total: session.found().hits.size });
  const { usages } = session.survey(() => true);
  const retirements = judge(proxies, {
    ...evidence,
    own: targetUses(view, usages),
    now: new Date(clock()),
    versionAt: (file) => versionAt(view, file),
    importing: (file) => [...session.graph().directImporters([file])],
  });
  const going = new Set(retirements.filter(({ goes }) => goes).map(({ proxy }) => proxy));
  const changes = proxies.flatMap((proxy) => (going.has(proxy.path) ? deletions(view, proxy) : []));
  return { changes, retirements };
}

function deletions(view: TargetView, { path: file, text, bom, fallback }: StandingProxy): readonly FileChange[] {
  const old = fallback === undefined ? undefined : textOf(view, fallback);
  return [deletion(file, text, bom), ...(old ? [deletion(fallback!, old.text, old.bom)] : [])];
}

function deletion(file: string, before: string, bom: boolean): FileChange {
  return { file, kind: 'delete', before, after: undefined, bom, edits: [], step: 'retire' };
}

function textOf(view: TargetView, file: string): { readonly text: string; readonly bom: boolean } | undefined {
  const source = view.read(file);
  return typeof source === 'string' ? undefined : source;
}

/** What the nearest package.json upwards that has a version says. */
function versionAt(view: TargetView, file: string): TargetVersion | undefined {
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const candidate = path.posix.join(folder, 'package.json');
    const version = versionIn(textOf(view, candidate)?.text);
    if (version !== undefined) return { file: candidate, version };
    if (folder === '.') return undefined;
  }
}

function versionIn(text: string | undefined): string | undefined {
  try {
    const { version } = JSON.parse(text ?? '{}') as { readonly version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
