import { type Disk, nodeDisk } from '../../src/run/disk.ts';

/** The methods of a disk that change something, and how each can be done by half. */
const EFFECTS = new Set<keyof Disk>([
  'writeNew',
  'append',
  'truncate',
  'setMode',
  'setOwner',
  'sync',
  'syncFolder',
  'rename',
  'link',
  'unlink',
  'makeFolder',
  'removeFolder',
]);

export interface Effect {
  /** 1 for the first. */
  readonly n: number;
  readonly name: keyof Disk;
  readonly args: readonly unknown[];
}

/**
 * A disk that calls `before` ahead of every effect, and `after` when it is done; what `before` throws is thrown instead of
 * the effect.
 */
export function countedDisk(
  before: (effect: Effect) => void,
  after: (effect: Effect) => void = () => {},
  disk: Disk = nodeDisk,
): Disk & { readonly effects: () => number } {
  let n = 0;
  const counted = Object.fromEntries(
    Object.entries(disk).map(([name, method]) => [
      name,
      EFFECTS.has(name as keyof Disk)
        ? (...args: unknown[]) => {
            n += 1;
            const effect = { n, name: name as keyof Disk, args };
            before(effect);
            const result = (method as (...args: unknown[]) => unknown)(...args);
            after(effect);
            return result;
          }
        : method,
    ]),
  );
  return { ...(counted as unknown as Disk), effects: () => n };
}

/** An error as the system throws it. */
export function systemError(code: string, effect: Effect): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: injected, ${effect.name} '${effect.args[0]}'`), { code });
}

/** Does the first half of a write that is about to be stopped. */
export function tear({ name, args }: Effect): void {
  if (name !== 'writeNew' && name !== 'append') return;
  const bytes = args[1] as Uint8Array;
  nodeDisk[name](args[0] as string, bytes.subarray(0, bytes.length >> 1));
}
