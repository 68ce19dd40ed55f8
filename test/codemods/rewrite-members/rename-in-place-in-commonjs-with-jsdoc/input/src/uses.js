const { Router } = require('./router');
const router = new Router();
router.register_handler('a', () => {}).register_handler('b', () => {});
router?.register_handler?.('c', () => {});
router['register_handler']('d', () => {});
const KEY = 'register_handler';
router[KEY]('e', () => {});
const { register_handler, get_order: order = () => [] } = router;
router.register_handler.bind(router)('f', () => {});
router.register_handler.apply(router, ['h', () => {}]);
class Sub extends Router {
  register_handler(type, handler) {
    return super.register_handler(type, handler);
  }
}
/** @param {Router} r */
function typed(r) {
  r.get_order();
  r.max_size = r.max_size + 1;
}
/** @type {import('./router').Router} */
let later;
later.get_order();
/** @type {Partial<Router>} */
const partial = { get_order: () => [] };
const cast = /** @type {Router} */ ({ get_order: () => [] });
const cast2 = /** @type {Router} */ (/** @type {unknown} */ ({ get_order: () => [] }));
jest.spyOn(router, 'register_handler');
router.on_any();
Router.make_one().get_order();
Router.prototype.get_order.call(router);
function unknown(x) {
  x.get_order();
}
Object.assign(Router.prototype, { get_order() { return []; } });
router.get_order = () => [];
module.exports = { Sub, typed, later, partial, cast, cast2, register_handler, order, unknown };
