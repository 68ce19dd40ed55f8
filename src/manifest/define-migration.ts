/**
 * What a person writes in `reroute.config.ts`. `load.ts` checks it and turns it into a `Migration`.
 *
 * A module is a path in the target when it ends in a source extension (`.ts .tsx .mts .cts .js .jsx .mjs .cjs`), else a
 * package specifier; `npm:` in front makes it a package specifier whatever its ending (`npm:lodash/fp.js`).
 * `'<module>#<name>'` names an export, `#default` the default export.
 */
export interface MigrationInput {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** What stays: by module, then by export. */
  readonly canonical: { readonly [module: string]: CanonicalModuleInput };
  /** Exports that a person has to look at wherever they are used: `'<module>#<name>'` and the sentence to tell. */
  readonly review?: { readonly [exportRef: string]: string };
  /** Version ranges of canonical packages, for each package.json that lists the replaced one: `{ '@acme/router': '^2.0.0' }`. */
  readonly dependencies?: { readonly [packageName: string]: string };
  /** What proxies say at run time of everything that this migration deprecates. */
  readonly deprecation?: DeprecationInput;
  /** Also edit Markdown, JSON, YAML, comments and configurations that name a module that moves. Left out: for review. */
  readonly mentions?: boolean;
  /**
   * Keep each old implementation beside its proxy (`message_router.legacy.ts`), which hands it out when the process starts
   * with `REROUTE_FALLBACK=core/message_router`: a roll-back without a deploy. Left out: the ledger alone has it.
   */
  readonly fallback?: boolean;
  /** In the order in which they run. Left out: consolidate, production, integration-tests, unit-tests. */
  readonly phases?: readonly PhaseInput[];
  /** Apply to every phase. Left out: `['types']`. */
  readonly gates?: readonly GateInput[];
}

export type CanonicalModuleInput = ModuleMoveInput | { readonly [exportName: string]: ExportMoveInput };

/**
 * A whole module that moves, with all its exports unchanged. A folder of modules when the canonical name and those that it
 * replaces end in `/`: `'src/new/': { exports: '*', replaces: ['src/old/'] }`.
 */
export interface ModuleMoveInput {
  readonly exports: '*';
  /** The modules (or folders) that it replaces. */
  readonly replaces: readonly string[];
}

interface DeprecationInput {
  /** The version or date since which the old names are deprecated. */
  readonly since?: string;
  /** The version from which they may be gone, or the date (`2027-03-01`), which `reroute retire` waits for. */
  readonly until?: string;
  /** `pending` warns only under Node's `--pending-deprecation`, `error` throws at the call. Left out: `warn`. */
  readonly phase?: 'pending' | 'warn' | 'error';
  /** Where to read more. */
  readonly link?: string;
}

export interface ExportMoveInput extends SharedInput {
  /** What differs from the migration's own. */
  readonly deprecation?: DeprecationInput;
  /**
   * How a call of a canonical member is said to a deprecated one that a subclass overrides, where `members` does not tell:
   * `'register_handler(it.type, it.handler)': 'addHandler(it)'`. Until the subclass is rewritten, its override is called.
   */
  readonly overrides?: { readonly [deprecatedCall: string]: string };
  /** `'<module>#<name>'`, or an object when that one has members or imports of its own. Left out: renamed in place. */
  readonly replaces?: readonly (string | DeprecatedInput)[];
}

/** One deprecated export with members and imports of its own; they come before the shared ones, the same key wins. */
export interface DeprecatedInput extends SharedInput {
  /** `'<module>#<name>'`. */
  readonly export: string;
}

interface SharedInput {
  /**
   * How a deprecated member is said in canonical terms. Parameters are names, `x?` optional, `...x` rest.
   *
   * | left | right |
   * |---|---|
   * | `name` | the new name; right for every use |
   * | `name(a, b?)` | JavaScript that begins with the canonical member: `add(make(a, b))`, `getStats().count` |
   * | `new(a, b)` | the canonical constructor: `new({ a, b })` |
   * | `(a, b)` | the arguments of the canonical function: `({ a, b })` |
   */
  readonly members?: { readonly [signature: string]: string };
  /** Names that the right sides use, and where each comes from: `'<module>'`, or `'<module>#<name>'` if it differs. */
  readonly imports?: { readonly [name: string]: string };
}

export interface PhaseInput {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** Globs over target paths; a leading `!` takes away. Left out: `['**']`. */
  readonly files?: readonly string[];
  readonly steps: readonly StepInput[];
  /** Beside the migration's own gates. */
  readonly gates?: readonly GateInput[];
}

/** `'retire'` takes proxies away that nobody needs any more; `reroute retire` hands it the evidence. */
export type StepInput = 'proxies' | 'imports' | 'members' | 'retire' | CodemodInput;

export interface CodemodInput {
  /** A jscodeshift transform, relative to the manifest's folder. */
  readonly codemod: string;
  /** Handed to the transform as its third argument: plain data, because it runs in a process of its own. */
  readonly options?: { readonly [name: string]: unknown };
  /** How many seconds one file may take. Left out: 60. */
  readonly seconds?: number;
  /** How much memory its process may take. Left out: 1024. */
  readonly megabytes?: number;
}

/**
 * `'types'`: no new diagnostic. `'clean'`: the commands left no file changed that the phase did not change. Any other text
 * is a command, run in the target without a shell; exit code 0 passes.
 */
export type GateInput = 'types' | 'clean' | (string & {}) | BudgetGateInput | CommandGateInput;

interface BudgetGateInput {
  /** How many places of the phase may be for review; with more, nothing is written. */
  readonly budget: number;
}

interface CommandGateInput {
  readonly command: string;
  /** Have the system's shell run it. */
  readonly shell?: boolean;
  /** How many seconds it may take. Left out: 900. */
  readonly seconds?: number;
  /** How often it is tried again when it fails. */
  readonly retries?: number;
  /**
   * For a command that fails already: it runs before the phase writes, too, and passes when nothing fails that passed
   * before. Failing tests are read from what vitest (`--reporter=json`), jest (`--json`) and node:test
   * (`--test-reporter=tap`) print; of other commands the exit codes are compared.
   */
  readonly noNewFailures?: boolean;
}

/** The manifest as given; it is there so that an editor completes and checks what is written. */
export function defineMigration(input: MigrationInput): MigrationInput {
  return input;
}
