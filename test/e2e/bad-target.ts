import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterThisFile } from '../clean-up.ts';

/** A router to go, the one that stays, and a caller. */
export const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "private": true, "type": "module" }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "noEmit": true }, "include": ["src"] }\n',
  'src/router.ts': 'export class Router {\n  addHandler(handler: () => void): void {\n    handler();\n  }\n}\n',
  'src/legacy/router.ts':
    'export class OldRouter {\n  register_handler(handler: () => void): void {\n    handler();\n  }\n}\n',
  'src/app.ts':
    "import { OldRouter } from './legacy/router';\n\nnew OldRouter().register_handler(() => console.log('hi'));\n",
};

export const MANIFEST = `import { defineMigration } from 'reroute';

export default defineMigration({
  name: 'one-router',
  canonical: {
    'src/router.ts': {
      Router: { replaces: ['src/legacy/router.ts#OldRouter'], members: { register_handler: 'addHandler' } },
    },
  },
  phases: [{ name: 'production', files: ['src/**'], steps: ['imports', 'members'] }],
  gates: ['types'],
});
`;

/** A folder with the target and its manifest, as it is or with other files; gone after the tests of the file. */
export function makeTarget(changed: Readonly<Record<string, string>> = {}): string {
  const root = emptyFolder();
  writeFiles(root, { ...FILES, 'reroute.config.ts': MANIFEST, ...changed });
  return root;
}

export function emptyFolder(): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-bad-')));
  // Not when a test finishes: tests run at the same time, and a folder does not know whose it is.
  afterThisFile(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}
