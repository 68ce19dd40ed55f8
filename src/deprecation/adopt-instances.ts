type AnyClass = abstract new (...args: never[]) => object;

/**
 * Makes `value instanceof adapter` hold for every instance of the canonical class, whoever made it. Subclasses of the
 * adapter keep the ordinary meaning: `this === adapter` guards it, because they inherit this very method.
 */
export function adoptInstances(adapter: AnyClass, canonical: AnyClass): void {
  Object.defineProperty(adapter, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      return this === adapter
        ? value instanceof (canonical as unknown as new () => object)
        : Function.prototype[Symbol.hasInstance].call(this as AnyClass, value);
    },
  });
}
