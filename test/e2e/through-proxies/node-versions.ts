import { execFileSync } from 'node:child_process';
import type { TestContext } from 'vitest';

/** The Nodes that proxies are made for; the one that runs the tests is one of them, or stands beside them. */
export const NODES: readonly string[] = [
  'this Node',
  ...['20', '22', '24'].filter((version) => version !== process.versions.node.split('.')[0]),
];

const programs = new Map([['this Node', process.execPath]]);

/**
 * The program of one of {@link NODES}, as npx brings it. Where it cannot (without a network, outside of CI) the test is
 * skipped, and says so.
 */
export function nodeProgram(version: string, context: TestContext): string {
  const known = programs.get(version);
  if (known !== undefined) return known;
  try {
    const asked = ['-y', '-p', `node@${version}`, 'node', '-p', 'process.execPath'];
    const program = execFileSync('npx', asked, { encoding: 'utf8', stdio: 'pipe' }).trim();
    programs.set(version, program);
    return program;
  } catch (error) {
    if (process.env.CI) throw error;
    return context.skip(`Node ${version} is not there, and npx could not bring it`);
  }
}
