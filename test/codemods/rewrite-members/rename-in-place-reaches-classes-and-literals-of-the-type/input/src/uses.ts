import { type Handler, Router } from './router';

class Loud extends Router {
  override register_handler(type: string, handler: Handler): this {
    return super.register_handler(type, handler);
  }
  override get_order = () => [];
  override get max_size() {
    return super.max_size;
  }
}
new Loud().register_handler('a', () => {}).get_order();

class Ordered implements Pick<Router, 'get_order'> {
  get_order(): string[] {
    return [];
  }
  register_handler(): void {}
}
new Ordered().get_order();
new Ordered().register_handler();
class Rest implements Omit<Router, 'register_handler' | 'max_size'> {
  get_order(): string[] {
    return [];
  }
  max_size(): void {}
}
new Rest().max_size();

export const fake = {} as Router;
fake.get_order();
export const partial: Partial<Router> = { get_order: () => ['a'] };
export const asserted = { get_order: () => ['a'] } as Router;
export const forced = { get_order: () => ['a'] } as unknown as Router;
export const checked = { get_order: () => ['a'], register_handler: () => fake } satisfies Partial<Record<keyof Router, unknown>>;
const get_order = () => ['a'];
export const short: Pick<Router, 'get_order'> = { get_order };
function take(router: Partial<Router>): void {}
take({ get_order() { return []; } });

type Constructor<T = object> = new (...args: any[]) => T;
function Timed<T extends Constructor<Router>>(Base: T) {
  return class extends Base {
    timed() {
      this.register_handler('a', () => {});
      return super.get_order();
    }
    override get_order() {
      return super.get_order();
    }
  };
}
new (Timed(Router))().get_order();

export function generic<T extends Router>(router: T): T {
  router['get_order']();
  return router.register_handler('a', () => {});
}
class Chained extends Router {
  both(): this {
    return this.register_handler('a', () => {});
  }
}
new Chained().both().register_handler('b', () => {}).both();

declare module './router' {
  interface Router {
    added(): void;
  }
}
export abstract class Abstract extends Router {
  abstract override get_order(): string[];
}
function log(value: unknown, context: ClassMethodDecoratorContext) {}
export class Decorated extends Router {
  @log
  override get_order() {
    return [];
  }
}
export class Holder {
  accessor router = new Router();
  constructor(private readonly own: Router) {}
  go() {
    return [this.own.get_order(), this.router.max_size];
  }
}
declare namespace jest {
  type Mocked<T> = { [K in keyof T]: T[K] & { mock: unknown } };
}
declare const mocked: jest.Mocked<Router>;
mocked.register_handler.mock;
