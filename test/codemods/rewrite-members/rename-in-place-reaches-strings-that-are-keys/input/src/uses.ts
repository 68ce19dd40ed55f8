import { Router } from './router';

declare const vi: { spyOn<T, K extends keyof T>(object: T, key: K): void };
declare const console: { log(text: unknown): void };
const router = new Router();

const KEY = 'register_handler';
router[KEY]('a', () => {});
vi.spyOn(router, KEY);
const QUOTED = 'get_order' as const;
router[QUOTED]();

vi.spyOn(router, 'register_handler');
vi.spyOn(Router.prototype, 'get_order');
if ('register_handler' in router) router.register_handler('b', () => {});
Reflect.get(router, 'get_order');
Object.defineProperty(router, 'get_order', {});
router.hasOwnProperty('get_order');

export type Picked = Pick<Router, 'register_handler' | 'get_order'>;
export type Omitted = Omit<Router, 'register_handler'>;
export type Indexed = ReturnType<Router['get_order']>;
type Key = keyof Router;
export const key: Key = 'register_handler';
export const maybe: keyof Router | undefined = 'get_order';
const keys: (keyof Router)[] = ['register_handler', 'get_order'];
for (const each of keys) {
  if (each === 'register_handler') router[each]('c', () => {});
  else if (each !== 'get_order') continue;
}
switch (keys[0] as Key) {
  case 'get_order':
    break;
}
function by<K extends keyof Router>(name: K): Router[K] {
  return router[name];
}
by('register_handler');
function keyed<T extends Router, K extends keyof T>(object: T, name: K): T[K] {
  return object[name];
}
keyed(router, 'get_order');
const counts: Record<keyof Router, number> = { register_handler: 1, get_order: 2, max_size: 3 };
export const options: { key?: keyof Router } = { key: 'max_size' };
console.log(counts.get_order + counts['get_order']);
