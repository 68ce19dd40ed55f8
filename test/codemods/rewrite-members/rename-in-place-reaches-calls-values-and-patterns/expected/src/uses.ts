import { Queue, Router } from './router';

const router = new Router();
router.addHandler('a', () => {}).addHandler('b', () => {});
router?.addHandler?.('c', () => {});
router['addHandler']('d', () => {});
router[`addHandler`]('e', () => {});
router.addHandler.bind(router)('f', () => {});
router.addHandler.call(router, 'g', () => {});
router.addHandler.apply(router, ['h', () => {}]);
Router.prototype.getOrder.call(router);
export const values = [router.getOrder, [1].map(router.getOrder)];

const { addHandler: register_handler, getOrder: order = () => [], ['maxSize']: size } = router;
export function parameter({ addHandler: add, getOrder: get_order }: Router, { maxSize: max_size }: Router): void {
  add('x', () => {});
  register_handler('y', () => {});
  order();
  get_order().length = max_size + size;
}
const owner: { router: Router } = { router };
const {
  router: { getOrder: get_order },
} = owner;
let assigned: unknown;
({ getOrder: assigned } = owner.router);
export const both = [get_order, assigned];

router.maxSize = 3;
router.maxSize++;
const { makeOne: make_one } = Router;
make_one().maxSize;
declare const constructor: typeof Router;
constructor.makeOne();

const routers = new Map<string, Router>();
routers.get('x')?.getOrder();
routers.get('x')!.getOrder();
[...routers.values()].map((each) => each.getOrder());
export async function later(promise: Promise<Router>) {
  (await promise).getOrder();
  for await (const { maxSize: max_size } of [promise]) max_size;
}

new Queue().register_handler();
const { register_handler: other } = new Queue();
other();
