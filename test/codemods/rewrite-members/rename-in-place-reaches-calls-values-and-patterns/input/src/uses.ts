import { Queue, Router } from './router';

const router = new Router();
router.register_handler('a', () => {}).register_handler('b', () => {});
router?.register_handler?.('c', () => {});
router['register_handler']('d', () => {});
router[`register_handler`]('e', () => {});
router.register_handler.bind(router)('f', () => {});
router.register_handler.call(router, 'g', () => {});
router.register_handler.apply(router, ['h', () => {}]);
Router.prototype.get_order.call(router);
export const values = [router.get_order, [1].map(router.get_order)];

const { register_handler, get_order: order = () => [], ['max_size']: size } = router;
export function parameter({ register_handler: add, get_order }: Router, { max_size }: Router): void {
  add('x', () => {});
  register_handler('y', () => {});
  order();
  get_order().length = max_size + size;
}
const owner: { router: Router } = { router };
const {
  router: { get_order },
} = owner;
let assigned: unknown;
({ get_order: assigned } = owner.router);
export const both = [get_order, assigned];

router.max_size = 3;
router.max_size++;
const { make_one } = Router;
make_one().max_size;
declare const constructor: typeof Router;
constructor.make_one();

const routers = new Map<string, Router>();
routers.get('x')?.get_order();
routers.get('x')!.get_order();
[...routers.values()].map((each) => each.get_order());
export async function later(promise: Promise<Router>) {
  (await promise).get_order();
  for await (const { max_size } of [promise]) max_size;
}

new Queue().register_handler();
const { register_handler: other } = new Queue();
other();
