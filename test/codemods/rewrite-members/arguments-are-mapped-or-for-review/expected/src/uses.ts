import { Router } from './router/router';
import { handlerFor } from './router/handler-for';

const router = new Router();
declare function call(): any;
declare const list: any[];
declare const console: { log(text: unknown): void };
const type = 'x';
const handler = () => {};
const priority = 2;
router.addHandler({ type: 'a', handler: () => {} });
router.addHandler({ type: 'a', handler: () => {}, priority: 3 });
router.addHandler({ type, handler });
router.addHandler({ type, handler, priority });
router
  .addHandler(
    {
      type: 'multi',
      handler: () => {
        run();
      },
      priority: 5,
    },
  )
  .addHandler({ type: 'b', handler: function () {
    run();
  } });
router.addHandler({ type: 'c', handler: () => {
  run();
  router.addHandler({ type: 'nested', handler: () => {
    run();
  } });
} });
router.addHandler({ type: 'd', handler, priority: undefined });
router.addHandler({ type: call(), handler, priority: call() });
router.register_handler(...(list as [string, () => void]));
router.register_handler('e', ...(list as [() => void]));
router['addHandler']({ type: 'f', handler });
router?.addHandler({ type: 'f', handler });
router.addHandler?.({ type: 'f', handler });
router.add(handlerFor('a', () => {
  run();
}));
router.add(
  handlerFor(
    'a', // the type
    async () => {
      await 1;
      const text = `
  keep
`;
    },
  ),
);
router.add(
  handlerFor(
    'a',
    () => {
      run();
    }
  )
);
  router.add(
      handlerFor(
          'a',
          handler
      ));
router.swapped(2, 1);
router.swap(call(), 2);
router.swap(call(), call());
router.swap(
  // first
  1,
  2,
);
router.kept(1);
router.drop(1, call());
router.kept(call());
router.drop(1, list.length);
router.kept(1);
router.both(1, 1);
router.twice(call());
router.both(list, list);
router.twice({});
router.withDefault(1, 10);
router.withDefault(1, 5);
router.withDefault(1, call() ?? 10);
router.later(() => 1);
router.later(() => priority);
router.lazy(call());
router.all([1]);
router.all([1, 2, 3]);
router.all([1, ...list]);
router.rest(...list);
router.one(1).then((x) => x.value);
const wait = await router.one(call()).then((x) => x.value);
let counter = 0;
router.swap(counter++, counter);
router.swap(counter, counter++);
router.lazy(counter);
for (let i = 0; i < 3; i++) router.lazy(i);
router.both('long string', 'long string');
router.twice(() => 1);
router.addHandler({ type: 'g', handler: handler as never, priority: (1, 2) });
router.getOrder();
const { getOrder: get_order, register_handler } = router;
const KEY = 'register_handler';
router[KEY]('a', handler);
const ORDER = 'get_order';
router[ORDER]();
console.log(ORDER);
function run() {}
export {};

