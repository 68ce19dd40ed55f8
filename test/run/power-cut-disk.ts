import fs from 'node:fs';
import path from 'node:path';
import { type Disk, nodeDisk } from '../../src/run/disk.ts';
import { countedDisk, type Effect } from './counted-disk.ts';

interface Node {
  kind: 'file' | 'folder';
  content: Buffer;
  mode: number;
  /** What a power cut cannot take any more. */
  durable: { content: Buffer; mode: number } | undefined;
}

/** What survives a power cut beside what was flushed: nothing, all names, or all contents. */
export type Survival = 'flushed' | 'names' | 'contents';

/**
 * A real disk that also keeps account of what has been flushed: a file's content and mode are safe after `sync` of the
 * file, its name after `syncFolder` of its folder, and nothing before. Source: fsync(2), fsync does not
 * necessarily ensure that the entry in the directory has reached disk.
 */
export function powerCutDisk(
  root: string,
  cutAt: number,
): Disk & { materialise(into: string, survival: Survival): void } {
  const names = new Map<string, Node>();
  const durableNames = new Map<string, Node>();
  const load = (folder: string) => {
    for (const name of fs.readdirSync(folder)) {
      const file = path.join(folder, name);
      const facts = fs.statSync(file);
      const content = facts.isFile() ? fs.readFileSync(file) : Buffer.alloc(0);
      const mode = facts.mode & 0o777;
      const node: Node = { kind: facts.isFile() ? 'file' : 'folder', content, mode, durable: { content, mode } };
      names.set(file, node);
      durableNames.set(file, node);
      if (node.kind === 'folder') load(file);
    }
  };
  load(root);
  const add = (file: string, kind: Node['kind'], content: Uint8Array, mode: number) => {
    names.set(file, {
      kind,
      content: Buffer.from(content),
      mode,
      durable: kind === 'folder' ? { content: Buffer.alloc(0), mode } : undefined,
    });
  };
  const apply = ({ name, args }: Effect) => {
    const [first, second] = args as [string, string];
    const node = names.get(first);
    if (name === 'writeNew') add(first, 'file', args[1] as Uint8Array, (args[2] as number | undefined) ?? 0o644);
    else if (name === 'append' && !node) add(first, 'file', args[1] as Uint8Array, 0o644);
    else if (name === 'append') node!.content = Buffer.concat([node!.content, args[1] as Uint8Array]);
    else if (name === 'truncate') node!.content = node!.content.subarray(0, args[1] as unknown as number);
    else if (name === 'setMode') node!.mode = args[1] as unknown as number;
    else if (name === 'sync') node!.durable = { content: node!.content, mode: node!.mode };
    else if (name === 'link') names.set(second, node!);
    else if (name === 'makeFolder') add(first, 'folder', Buffer.alloc(0), 0o755);
    else if (name === 'unlink' || name === 'removeFolder') names.delete(first);
    else if (name === 'rename') {
      names.set(second, node!);
      names.delete(first);
    } else if (name === 'syncFolder') {
      for (const file of [...durableNames.keys()])
        if (path.dirname(file) === first && !names.has(file)) durableNames.delete(file);
      for (const [file, held] of names) if (path.dirname(file) === first) durableNames.set(file, held);
    }
  };
  const counted = countedDisk((effect) => {
    if (effect.n >= cutAt) throw new Error('power cut');
    apply(effect);
  });
  return {
    ...counted,
    materialise(into, survival) {
      const surviving = survival === 'names' ? names : durableNames;
      for (const [file, node] of [...surviving].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const place = path.join(into, path.relative(root, file));
        if (!fs.existsSync(path.dirname(place))) continue;
        const held = survival === 'contents' ? node : (node.durable ?? { content: Buffer.alloc(0), mode: node.mode });
        if (node.kind === 'folder') fs.mkdirSync(place);
        else nodeDisk.writeNew(place, held.content);
        fs.chmodSync(place, held.mode);
      }
    },
  };
}
