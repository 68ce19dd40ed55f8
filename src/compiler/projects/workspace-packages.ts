import path from 'node:path';
import fastGlob from 'fast-glob';
import { parseJsonc } from './jsonc.ts';

/** A package of a workspace (npm, yarn, pnpm, lerna). */
export interface WorkspacePackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The packages that the root's package.json, pnpm-workspace.yaml or lerna.json names, by folder. */
export function findWorkspacePackages(
  root: string,
  read: (file: string) => string | undefined,
): readonly WorkspacePackage[] {
  const patterns = [
    ...listOf(readObject(path.posix.join(root, 'package.json'), read)?.workspaces),
    ...listOf(readObject(path.posix.join(root, 'lerna.json'), read)?.packages),
    ...pnpmPatterns(read(path.posix.join(root, 'pnpm-workspace.yaml')) ?? ''),
  ].map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  if (patterns.length === 0) return [];
  const manifests = fastGlob.sync(
    patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => `${pattern}/package.json`),
    {
      cwd: root,
      absolute: true,
      followSymbolicLinks: false,
      ignore: [
        '**/node_modules/**',
        ...patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => `${pattern.slice(1)}/**`),
      ],
    },
  );
  return [...new Set(manifests)].sort().flatMap((file) => {
    const manifest = readObject(file, read);
    return typeof manifest?.name === 'string'
      ? [{ name: manifest.name, folder: path.posix.dirname(file), manifest }]
      : [];
  });
}

function readObject(
  file: string,
  read: (file: string) => string | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const value = parseJsonc(read(file) ?? '');
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** `["packages/*"]`, or yarn's `{ "packages": [...] }`. */
function listOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : (value as { packages?: unknown } | null | undefined)?.packages;
  return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [];
}

/** The items of the `packages:` list, which is all that pnpm-workspace.yaml needs to say. */
function pnpmPatterns(yaml: string): readonly string[] {
  const list = /^packages:[^\S\n]*\n((?:[^\S\n]*(?:-.*|#.*)?\r?\n?)*)/m.exec(yaml)?.[1] ?? '';
  return [...list.matchAll(/^\s*-\s*(['"]?)(.+?)\1\s*(?:#.*)?$/gm)].map((match) => match[2]!);
}
