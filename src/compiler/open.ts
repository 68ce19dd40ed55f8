import type { CompilerSession, OpenOptions } from './contract.ts';
import { NativeSession } from './native/session.ts';

/**
 * An open compiler over a target; it holds a child process until `close()`. Throws `COMPILER_BAD_CONFIG`; then nothing
 * stays open. Prefer {@link withCompiler}.
 */
export function openCompiler(options: OpenOptions): CompilerSession {
  return new NativeSession(options);
}

/** What `use` gives for an open compiler, which is closed afterwards, also when `use` throws or rejects. */
export async function withCompiler<T>(
  options: OpenOptions,
  use: (compiler: CompilerSession) => T | Promise<T>,
): Promise<T> {
  const compiler = openCompiler(options);
  try {
    return await use(compiler);
  } finally {
    compiler.close();
  }
}
