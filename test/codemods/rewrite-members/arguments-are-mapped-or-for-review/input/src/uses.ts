import { OldRouter } from './core/router';

const router = new OldRouter();
declare function call(): any;
declare const list: any[];
declare const console: { log(text: unknown): void };
const type = 'x';
const handler = () => {};
const priority = 2;
router.register_handler('a', () => {});
router.register_handler('a', () => {}, 3);
router.register_handler(type, handler);
router.register_handler(type, handler, priority);
router
  .register_handler(
    'multi',
    () => {
      run();
    },
    5,
  )
  .register_handler('b', function () {
    run();
  });
router.register_handler('c', () => {
  run();
  router.register_handler('nested', () => {
    run();
  });
});
router.register_handler('d', handler, undefined);
router.register_handler(call(), handler, call());
router.register_handler(...(list as [string, () => void]));
router.register_handler('e', ...(list as [() => void]));
router['register_handler']('f', handler);
router?.register_handler('f', handler);
router.register_handler?.('f', handler);
router.wrapped('a', () => {
  run();
});
router.wrapped(
  'a', // the type
  async () => {
    await 1;
    const text = `
  keep
`;
  },
);
router.wrapped(
  'a',
  () => {
    run();
  }
);
  router.wrapped(
      'a',
      handler);
router.swap(1, 2);
router.swap(call(), 2);
router.swap(call(), call());
router.swap(
  // first
  1,
  2,
);
router.drop(1, 2);
router.drop(1, call());
router.drop(call(), 2);
router.drop(1, list.length);
router.drop(1, () => call());
router.twice(1);
router.twice(call());
router.twice(list);
router.twice({});
router.dflt(1);
router.dflt(1, 5);
router.dflt(1, call());
router.lazy(1);
router.lazy(priority);
router.lazy(call());
router.rest(1);
router.rest(1, 2, 3);
router.rest(1, ...list);
router.rest(...list);
router.promise_one(1);
const wait = await router.promise_one(call());
let counter = 0;
router.swap(counter++, counter);
router.swap(counter, counter++);
router.lazy(counter);
for (let i = 0; i < 3; i++) router.lazy(i);
router.twice('long string');
router.twice(() => 1);
router.register_handler('g', handler as never, (1, 2));
router.get_order();
const { get_order, register_handler } = router;
const KEY = 'register_handler';
router[KEY]('a', handler);
const ORDER = 'get_order';
router[ORDER]();
console.log(ORDER);
function run() {}
export {};

