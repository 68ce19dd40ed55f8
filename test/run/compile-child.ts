import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '../..');

/** A TypeScript file of `test/run` compiled with all that it imports, so that many processes of it start fast. */
export function compileChild(name: string): { readonly file: string; readonly remove: () => void } {
  // Below node_modules, where packages are found and nobody looks for sources.
  const folder = path.join(project, 'node_modules/.cache', `reroute-${name}-${process.pid}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  const compilerOptions = { noEmit: false, noCheck: true, rootDir: project, outDir: folder };
  const config = { extends: path.join(project, 'tsconfig.json'), compilerOptions, include: [], files: [] as string[] };
  config.files.push(path.join(import.meta.dirname, `${name}.ts`));
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(project, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  const file = path.join(folder, 'test/run', `${name}.js`);
  if (!fs.existsSync(file)) throw new Error(`tsc ended with ${status}: ${stdout}`);
  return { file, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
