import { builtin } from './host.ts';
import { patternOf } from './pattern.ts';
import { registry } from './registry.ts';

interface Scope {
  getStore(): readonly RegExp[] | undefined;
  run<T>(store: readonly RegExp[], body: () => T): T;
}

/**
 * Runs `body`, in which uses of the named deprecations are counted and nothing else; what it awaits and starts belongs to
 * it. In browsers, which have no `AsyncLocalStorage`, only until it first awaits. Returns what `body` returns.
 */
export function silence<T>(ids: string | readonly string[], body: () => T): T {
  const all = registry();
  all.silenced ??= newScope();
  const scope = all.silenced as Scope;
  return scope.run([...(scope.getStore() ?? []), ...[ids].flat().map((id) => patternOf(id))], body);
}

function newScope(): Scope {
  const hooks = builtin<{ AsyncLocalStorage: new () => Scope }>('async_hooks');
  return hooks ? new hooks.AsyncLocalStorage() : new SynchronousScope();
}

class SynchronousScope implements Scope {
  #store: readonly RegExp[] | undefined;

  getStore(): readonly RegExp[] | undefined {
    return this.#store;
  }

  run<T>(store: readonly RegExp[], body: () => T): T {
    const before = this.#store;
    this.#store = store;
    try {
      return body();
    } finally {
      this.#store = before;
    }
  }
}
