import { Router } from './router';

declare const vi: { spyOn<T, K extends keyof T>(object: T, key: K): void };
declare const console: { log(text: unknown): void };
const router = new Router();

const KEY = 'addHandler';
router[KEY]('a', () => {});
vi.spyOn(router, KEY);
const QUOTED = 'getOrder' as const;
router[QUOTED]();

vi.spyOn(router, 'addHandler');
vi.spyOn(Router.prototype, 'getOrder');
if ('addHandler' in router) router.addHandler('b', () => {});
Reflect.get(router, 'getOrder');
Object.defineProperty(router, 'getOrder', {});
router.hasOwnProperty('getOrder');

export type Picked = Pick<Router, 'addHandler' | 'getOrder'>;
export type Omitted = Omit<Router, 'addHandler'>;
export type Indexed = ReturnType<Router['getOrder']>;
type Key = keyof Router;
export const key: Key = 'addHandler';
export const maybe: keyof Router | undefined = 'getOrder';
const keys: (keyof Router)[] = ['addHandler', 'getOrder'];
for (const each of keys) {
  if (each === 'addHandler') router[each]('c', () => {});
  else if (each !== 'getOrder') continue;
}
switch (keys[0] as Key) {
  case 'getOrder':
    break;
}
function by<K extends keyof Router>(name: K): Router[K] {
  return router[name];
}
by('addHandler');
function keyed<T extends Router, K extends keyof T>(object: T, name: K): T[K] {
  return object[name];
}
keyed(router, 'getOrder');
const counts: Record<keyof Router, number> = { addHandler: 1, getOrder: 2, maxSize: 3 };
export const options: { key?: keyof Router } = { key: 'maxSize' };
console.log(counts.getOrder + counts['getOrder']);
