import { existsSync } from 'node:fs';
import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { MANIFEST_NAMES } from '../manifest/load.ts';
import { count } from '../report/words.ts';
import type { Command } from './command.ts';
import { findDuplicates } from './find-duplicates.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import { starterManifest } from './starter-manifest.ts';
import { namedTargets, targetArgument } from './targets.ts';
import { writeInside } from './write-inside.ts';

interface InitArguments extends CommonArguments {
  readonly targets: string[] | undefined;
  readonly force: boolean | undefined;
}

const SHOWN = 5;

export const initCommand: Command<InitArguments> = {
  command: 'init [targets..]',
  describe: 'Write a starter reroute.config.ts from classes that are there more than once',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .option('force', { type: 'boolean', describe: 'Overwrite a manifest that is there', group: 'Output:' })
      .example('$0 init', 'a starter here')
      .example('$0 init ../app', 'a starter in another repository'),
  run: async (session, { targets, force }) => {
    const { bold, cyan, dim } = session.palette;
    for (const root of namedTargets(session, targets)) {
      const existing = MANIFEST_NAMES.map((name) => path.join(root, name)).find((file) => existsSync(file));
      if (existing && !force) throw alreadyThere(existing);
      session.progress.say('looking for classes that are there more than once');
      const duplicates = findDuplicates(root);
      const file = path.join(root, MANIFEST_NAMES[0]);
      writeInside(root, file, starterManifest(path.basename(root), duplicates));
      session.print(`Wrote ${cyan(file)}`);
      session.print(
        duplicates.length === 0
          ? 'No exported class has the same name in two files; the starter shows the form of an entry.'
          : `${count(duplicates.length, 'exported class name')} in more than one file, found by a quick text search:`,
      );
      for (const { name, files } of duplicates.slice(0, SHOWN))
        session.print(`  ${bold(name)}  ${dim(files.join(', '))}`);
      if (duplicates.length > SHOWN) session.print(dim(`  … and ${duplicates.length - SHOWN} more`));
      session.print(
        `${bold('Next')}  decide what is marked DECIDE in it, then: reroute plan${targetArgument(session, root)}`,
      );
      session.result({ target: root, file, duplicates });
    }
    return 0;
  },
};

function alreadyThere(file: string): RerouteError {
  return new RerouteError({
    code: 'INIT_EXISTS',
    message: 'There is a manifest already; it is not overwritten.',
    where: { file },
    next: 'reroute plan   (or, to start over: reroute init --force)',
  });
}
