/** The run-time part of proxies. No dependency; runs in Node, in browsers and in workers. */
export { adoptInstances } from './adopt-instances.ts';
export { deprecate } from './deprecate.ts';
export { installMembers } from './install-members.ts';
export type { Deprecation } from './registry.ts';
export { type DeprecationUsage, usage } from './usage.ts';
