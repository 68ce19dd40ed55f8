/** The run-time part of proxies. No dependency; runs in Node, in browsers and in workers. */
export { adoptInstances } from './adopt-instances.ts';
export { type Configuration, configure } from './configure.ts';
export { DeprecationError, deprecate } from './deprecate.ts';
export { isFallback } from './environment.ts';
export { installMembers } from './install-members.ts';
export type { Policy } from './pattern.ts';
export type { Counter, Deprecation, DeprecationUse } from './registry.ts';
export { silence } from './silence.ts';
export { subscribe } from './subscribe.ts';
export { type DeprecationUsage, type SiteUsage, type UsageSnapshot, usage } from './usage.ts';
export type { UsageBeat } from './usage-file.ts';
