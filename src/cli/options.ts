import type { Options } from 'yargs';

/** Options that every command takes. */
export const COMMON = {
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'The manifest, when it is not in the target or the current folder',
    group: 'Input:',
  },
  json: { type: 'boolean', describe: 'Print JSON, and nothing else, on stdout', group: 'Output:' },
  color: { type: 'boolean', describe: 'Colours; --no-color turns them off, as NO_COLOR does', group: 'Output:' },
} as const satisfies Record<string, Options>;

export interface CommonArguments {
  readonly config: string | undefined;
  readonly json: boolean | undefined;
  readonly color: boolean | undefined;
}

/** A positional list of targets. */
export const TARGETS = {
  type: 'string',
  array: true,
  describe: 'Folders of the repositories',
  defaultDescription: 'the current folder',
} as const;
