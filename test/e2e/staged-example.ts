import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { REPO } from './command.ts';

/** A fresh copy of `examples/chat-backend` with its dependencies, and a manifest for it that runs no command gates. */
export interface StagedExample {
  readonly root: string;
  /** The repository's own migration, with `types` as its only gate. Outside of the target. */
  readonly manifest: string;
  remove(): void;
}

export async function stageExample(): Promise<StagedExample> {
  const stage = (await import(new URL('../../examples/stage.mjs', import.meta.url).href)) as { stageExample(): string };
  const root = stage.stageExample();
  const folder = path.dirname(root);
  const manifest = path.join(folder, 'quick.config.ts');
  const shipped = JSON.stringify(path.join(REPO, 'reroute.config.ts'));
  writeFileSync(
    manifest,
    `import { defineMigration } from 'reroute';
import shipped from ${shipped};
export default defineMigration({ ...shipped, gates: ['types'] });
`,
  );
  return { root, manifest, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
