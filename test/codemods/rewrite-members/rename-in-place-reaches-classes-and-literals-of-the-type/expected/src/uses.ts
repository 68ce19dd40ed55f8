import { type Handler, Router } from './router';

class Loud extends Router {
  override addHandler(type: string, handler: Handler): this {
    return super.addHandler(type, handler);
  }
  override getOrder = () => [];
  override get maxSize() {
    return super.maxSize;
  }
}
new Loud().addHandler('a', () => {}).getOrder();

class Ordered implements Pick<Router, 'getOrder'> {
  getOrder(): string[] {
    return [];
  }
  register_handler(): void {}
}
new Ordered().getOrder();
new Ordered().register_handler();
class Rest implements Omit<Router, 'addHandler' | 'maxSize'> {
  getOrder(): string[] {
    return [];
  }
  max_size(): void {}
}
new Rest().max_size();

export const fake = {} as Router;
fake.getOrder();
export const partial: Partial<Router> = { getOrder: () => ['a'] };
export const asserted = { getOrder: () => ['a'] } as Router;
export const forced = { getOrder: () => ['a'] } as unknown as Router;
export const checked = { getOrder: () => ['a'], addHandler: () => fake } satisfies Partial<Record<keyof Router, unknown>>;
const get_order = () => ['a'];
export const short: Pick<Router, 'getOrder'> = { getOrder: get_order };
function take(router: Partial<Router>): void {}
take({ getOrder() { return []; } });

type Constructor<T = object> = new (...args: any[]) => T;
function Timed<T extends Constructor<Router>>(Base: T) {
  return class extends Base {
    timed() {
      this.addHandler('a', () => {});
      return super.getOrder();
    }
    override getOrder() {
      return super.getOrder();
    }
  };
}
new (Timed(Router))().getOrder();

export function generic<T extends Router>(router: T): T {
  router['getOrder']();
  return router.addHandler('a', () => {});
}
class Chained extends Router {
  both(): this {
    return this.addHandler('a', () => {});
  }
}
new Chained().both().addHandler('b', () => {}).both();

declare module './router' {
  interface Router {
    added(): void;
  }
}
export abstract class Abstract extends Router {
  abstract override getOrder(): string[];
}
function log(value: unknown, context: ClassMethodDecoratorContext) {}
export class Decorated extends Router {
  @log
  override getOrder() {
    return [];
  }
}
export class Holder {
  accessor router = new Router();
  constructor(private readonly own: Router) {}
  go() {
    return [this.own.getOrder(), this.router.maxSize];
  }
}
declare namespace jest {
  type Mocked<T> = { [K in keyof T]: T[K] & { mock: unknown } };
}
declare const mocked: jest.Mocked<Router>;
mocked.addHandler.mock;
