import type { ChildProcess } from 'node:child_process';
import type { API } from './typescript.ts';

/**
 * Ends the compiler's process by closing its input. `API.close()` also sends it a signal, to which it answers with
 * "context canceled" on the terminal; the signal only follows when it has not ended after a while.
 */
export function endQuietly(api: API): void {
  const child = (api as unknown as { client?: { channel?: { child?: ChildProcess } } }).client?.channel?.child;
  if (child !== undefined) {
    const kill = child.kill.bind(child);
    const patience = setTimeout(kill, 2_000);
    patience.unref();
    child.once('exit', () => clearTimeout(patience));
    child.kill = () => true;
  }
  api.close();
}
