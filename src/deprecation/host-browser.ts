/** {@link ./host.ts} in a browser: there is no environment and no module of Node's. */
import type * as node from './host.ts';

export const environment: typeof node.environment = () => undefined;

export const builtin: typeof node.builtin = () => undefined;

export const publish: typeof node.publish = () => {};

export const emitWarning: typeof node.emitWarning = (message, { code, detail }) => {
  const { console } = globalThis as unknown as { console: { warn(text: string): void } };
  console.warn(`[${code}] DeprecationWarning: ${message}\n${detail}`);
};
