/** {@link ./usage-file.ts} in a browser, which has no files: `usage()` and `subscribe()` are there for collectors. */
import type * as node from './usage-file.ts';

export const writeUsageFile: typeof node.writeUsageFile = () => {};
