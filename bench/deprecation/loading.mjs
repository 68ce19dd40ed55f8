// How long a process takes to load so many modules: `node loading.mjs <folder>` imports the folder's index.js.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
// What every proxy shares is loaded before; an application loads it once.
import '../../dist/src/deprecation/index.js';

const start = process.hrtime.bigint();
await import(pathToFileURL(path.join(process.argv[2], 'index.js')).href);
console.log(JSON.stringify({ milliseconds: Number(process.hrtime.bigint() - start) / 1e6 }));
