/** Runs a command on a target, and kills its own process at the point that it is given. */
import fs from 'node:fs';
import type { FileChange } from '../../src/plan/file-change.ts';
import { command, diskStopping, type StopPoint } from './stop-points.ts';

const [root, changesFile, point] = process.argv.slice(2) as [string, string, string];
const changes = JSON.parse(fs.readFileSync(changesFile, 'utf8')) as FileChange[];
const at = JSON.parse(point) as StopPoint;
const disk = diskStopping(at, () => process.kill(process.pid, 'SIGKILL'));
await command(at.act, disk, root, changes);
