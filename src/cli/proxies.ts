import path from 'node:path';
import type { Migration } from '../manifest/migration.ts';
import type { FileChange } from '../plan/file-change.ts';
import { count } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import { readLedger } from '../run/with-ledger.ts';
import { checkTarget } from './check-proxies.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import { proxyRequest } from './proxy-request.ts';
import { refreshProxies } from './refresh-proxies.ts';
import type { Session } from './session.ts';
import { migrationFor, namedTargets, targetArgument } from './targets.ts';
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
        describe: 'Write nothing; exit 1 when a proxy is stale, missing or edited by hand',
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
      const again = againFor(session, target, args);
      if (args.check) {
        session.progress.say('checking proxies');
        const faults = await checkTarget(session, { migration, target, out: args.out, again });
        isStale ||= faults.length > 0;
      } else await makeOn(session, migration, target, args.out);
    }
    return isStale ? 1 : 0;
  },
};

async function makeOn(session: Session, migration: Migration, target: string, out: string | undefined): Promise<void> {
  session.progress.say('making proxies');
  const { ledger } = await readLedger({
    disk: nodeDisk,
    root: target,
    command: 'reroute proxies',
    now: session.now(),
    onRecovered: ({ sentence }) => session.notice(sentence),
  });
  const request = await proxyRequest(session, { migration, target, ledger, out });
  const { planProxies } = await import('../proxy/plan-proxies.ts');
  const { renderProxies } = await import('../proxy/render-proxies.ts');
  const { changes } = 'out' in request ? renderProxies(request) : planProxies(request);
  const base = out === undefined ? target : session.cwd;
  if (out !== undefined) for (const change of changes) writeNamed(path.resolve(base, change.file), change.after ?? '');
  else if (changes.length > 0) await refreshProxies(session, migration, target);
  session.print(told(changes));
  session.result({ target, folder: base, changes: changes.map(({ file, kind }) => ({ file, kind })) });
}

/** The command that makes the proxies again, run where this one was. */
function againFor(session: Session, target: string, { config, out }: ProxiesArguments): string {
  const option = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` --${name} ${/\s/.test(value) ? JSON.stringify(value) : value}`;
  return `npx reroute proxies${targetArgument(session, target)}${option('config', config)}${option('out', out)}`;
}

function told(changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'All proxies are as the manifest says.';
  const lines = changes.map(({ file, kind }) => `  ${kind === 'create' ? '+' : '~'} ${file}`);
  return [`Wrote ${count(changes.length, 'proxy', 'proxies')}:`, ...lines].join('\n');
}
