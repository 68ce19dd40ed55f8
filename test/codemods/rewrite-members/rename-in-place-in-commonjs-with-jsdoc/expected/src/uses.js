const { Router } = require('./router');
const router = new Router();
router.addHandler('a', () => {}).addHandler('b', () => {});
router?.addHandler?.('c', () => {});
router['addHandler']('d', () => {});
const KEY = 'addHandler';
router[KEY]('e', () => {});
const { addHandler: register_handler, getOrder: order = () => [] } = router;
router.addHandler.bind(router)('f', () => {});
router.addHandler.apply(router, ['h', () => {}]);
class Sub extends Router {
  addHandler(type, handler) {
    return super.addHandler(type, handler);
  }
}
/** @param {Router} r */
function typed(r) {
  r.getOrder();
  r.maxSize = r.maxSize + 1;
}
/** @type {import('./router').Router} */
let later;
later.getOrder();
/** @type {Partial<Router>} */
const partial = { getOrder: () => [] };
const cast = /** @type {Router} */ ({ getOrder: () => [] });
const cast2 = /** @type {Router} */ (/** @type {unknown} */ ({ getOrder: () => [] }));
jest.spyOn(router, 'addHandler');
router.onAny();
Router.makeOne().getOrder();
Router.prototype.getOrder.call(router);
function unknown(x) {
  x.get_order();
}
Object.assign(Router.prototype, { getOrder() { return []; } });
router.getOrder = () => [];
module.exports = { Sub, typed, later, partial, cast, cast2, register_handler, order, unknown };
