import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from '../base/source-text.ts';
import type { Migration } from '../manifest/migration.ts';
import type { FileChange } from '../plan/file-change.ts';
import { count } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import { originalOf } from '../run/history.ts';
import { readLedger } from '../run/with-ledger.ts';
import { expandFolders } from '../survey/expand-folders.ts';
import { TargetView } from '../survey/target-view.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import { refreshProxies } from './refresh-proxies.ts';
import type { Session } from './session.ts';
import { migrationFor, namedTargets } from './targets.ts';
import { writeNamed } from './write-inside.ts';

interface ProxiesArguments extends CommonArguments {
  readonly targets: string[] | undefined;
  readonly check: boolean | undefined;
  readonly out: string | undefined;
}

export const proxiesCommand: Command<ProxiesArguments> = {
  command: 'proxies [targets..]',
  describe: 'Make the proxies that keep deprecated modules working',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .option('check', {
        type: 'boolean',
        describe: 'Write nothing; exit 1 when a proxy is stale or missing',
        group: 'Output:',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'Make them for a package of their own, in this folder',
        group: 'Output:',
      })
      .example('$0 proxies', 'at the deprecated paths of the target, as a run that can be rolled back')
      .example('$0 proxies --check', 'in CI: fail when they no longer fit the manifest')
      .example('$0 proxies ../app --out proxies', 'as modules that other repos import'),
  run: async (session, args) => {
    const targets = namedTargets(session, args.targets);
    if (args.out !== undefined && targets.length > 1)
      throw new UsageError('--out names one folder, but there are several targets.', 'reroute proxies --help');
    let isStale = false;
    for (const target of targets) {
      const migration = await migrationFor(session, target, args.config);
      session.progress.say('making proxies');
      const changes = await staleProxies(session, migration, target, args.out);
      const base = args.out === undefined ? target : session.cwd;
      if (args.check) isStale ||= changes.length > 0;
      else if (args.out !== undefined)
        for (const change of changes) writeNamed(path.resolve(base, change.file), change.after ?? '');
      else if (changes.length > 0) await refreshProxies(session, migration, target);
      session.print(told(session, changes, args.check === true));
      session.result({
        target,
        folder: base,
        changes: changes.map(({ file, kind }) => ({ file, kind })),
        ...(args.check && { isStale }),
      });
    }
    return isStale ? 1 : 0;
  },
};

/** The proxies that are not as they should be, as changes: to the target, or to the folder `out` under the current one. */
async function staleProxies(
  session: Session,
  migration: Migration,
  root: string,
  out: string | undefined,
): Promise<readonly FileChange[]> {
  // Loaded when it is needed: it brings a compiler along, and looking or undoing takes none.
  const { createSurfaceReader } = await import('../compiler/surface-reader.ts');
  const { planProxies } = await import('../proxy/plan-proxies.ts');
  const { renderProxies } = await import('../proxy/render-proxies.ts');
  const view = new TargetView(root);
  const { ledger } = await readLedger({ disk: nodeDisk, root, command: 'reroute proxies', now: session.now() });
  const { namesBetweenPackages } = await import('../proxy/package-names.ts');
  const expanded = expandFolders(migration, view);
  const reader = createSurfaceReader({ root });
  const request = {
    migration: expanded,
    root,
    reader,
    files: view.files(),
    names: namesBetweenPackages(view, expanded, reader),
    readText: (file: string) => {
      const source = view.read(file);
      return typeof source === 'string' ? undefined : encode(source).toString('utf8');
    },
    readOriginal: (file: string) => originalOf(ledger, migration, file)?.text,
  };
  if (out === undefined) return planProxies(request).changes;
  const readOut = (file: string): string | undefined => {
    try {
      return readFileSync(path.resolve(session.cwd, file), 'utf8');
    } catch {
      return undefined;
    }
  };
  return renderProxies({ ...request, out, readOut });
}

function told({ palette }: Session, changes: readonly FileChange[], check: boolean): string {
  if (changes.length === 0) return 'All proxies are as the manifest says.';
  const head = check
    ? `${count(changes.length, 'proxy', 'proxies')} stale or missing:`
    : `Wrote ${count(changes.length, 'proxy', 'proxies')}:`;
  const lines = changes.map(({ file, kind }) => `  ${kind === 'create' ? '+' : '~'} ${file}`);
  return [check ? palette.yellow(head) : head, ...lines].join('\n');
}
