import path from 'node:path';
import type { Paths } from './source-paths.ts';

/** A configuration that exists in memory only. */
export interface MemoryConfig {
  /** Where it pretends to lie: beside the configuration that it extends, so that relative paths keep their meaning. */
  readonly file: string;
  readonly extends: string | undefined;
  readonly javascript: boolean;
  /** Instead of those of the configuration that it extends. */
  readonly paths: Paths | undefined;
}

const JAVASCRIPT = /\.[cm]?jsx?$/;

export function isJavaScript(file: string): boolean {
  return JAVASCRIPT.test(file);
}

/** What makes a program checkable in memory: nothing is emitted, nothing is built before, nothing is kept. */
const IN_MEMORY = {
  noEmit: true,
  composite: false,
  incremental: false,
  tsBuildInfoFile: null,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  isolatedDeclarations: false,
};

/** Stands in where a target has no configuration: finds what is there, in ES modules and CommonJS, and demands little. */
const WITHOUT_CONFIG = {
  target: 'esnext',
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  experimentalDecorators: true,
  jsx: 'preserve',
  strict: false,
  // Only with this does the checker follow what `let x;` and `[]` come to hold. Its errors are not asked for.
  noImplicitAny: true,
  skipLibCheck: true,
  types: ['*'],
};

/** The text of a configuration in memory over the given root files. */
export function memoryConfigText(config: MemoryConfig, files: Iterable<string>): string {
  const javascript = config.javascript ? { allowJs: true, checkJs: true } : {};
  const paths = config.paths === undefined ? {} : { paths: config.paths };
  return JSON.stringify({
    ...(config.extends === undefined ? {} : { extends: `./${path.posix.basename(config.extends)}` }),
    compilerOptions: {
      ...(config.extends === undefined ? WITHOUT_CONFIG : {}),
      ...IN_MEMORY,
      ...javascript,
      ...paths,
    },
    files: [...files],
    include: [],
    references: [],
  });
}
