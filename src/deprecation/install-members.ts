import { registry } from './registry.ts';

type AnyClass = abstract new (...args: never[]) => object;

/**
 * `canonical`, with the members that `legacy` declares installed on it: methods and accessors on its prototype,
 * statics on itself, not enumerable, once however many proxies declare them. The type is `legacy`'s.
 *
 * Throws when the canonical class has a member of that name which no proxy installed: it gained one since the proxy was
 * made, and is never overridden.
 */
export function installMembers<Legacy extends AnyClass>(canonical: AnyClass, legacy: Legacy): Legacy {
  install(canonical.prototype, legacy.prototype, canonical.name, new Set(['constructor']));
  install(canonical, legacy, canonical.name, new Set(['length', 'name', 'prototype', 'arguments', 'caller']));
  return canonical as Legacy;
}

function install(onto: object, from: object, className: string, left: ReadonlySet<PropertyKey>): void {
  const ours = registry().installed.get(onto) ?? new Set();
  registry().installed.set(onto, ours);
  for (const key of Reflect.ownKeys(from)) {
    if (left.has(key) || ours.has(key)) continue;
    if (isCanonical(onto, key)) {
      throw new Error(
        `${className} has a member ${String(key)} of its own, which a deprecated member would hide. ` +
          'Make the proxy again: npx reroute proxies',
      );
    }
    const descriptor = Object.getOwnPropertyDescriptor(from, key)!;
    Object.defineProperty(onto, key, { ...descriptor, enumerable: false, configurable: true });
    ours.add(key);
  }
}

/** Whether the object or one of its prototypes has the member, and not because a proxy installed it there. */
function isCanonical(object: object, key: PropertyKey): boolean {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, key)) return !registry().installed.get(at)?.has(key);
  }
  return false;
}
