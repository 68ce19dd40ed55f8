const { Router } = require('./router/router');
const { handlerFor } = require('./router/handler-for');

const router = new Router();
router.addHandler({ type: 'a', handler: () => {} }).addHandler({ type: 'b', handler: () => {}, priority: 3 });
router['addHandler']({ type: 'f', handler: call });
router.add(
  handlerFor(
    'a', // the type
    async () => {
      await 1;
      router.add(
        handlerFor(
          'nested',
          function () {
            return `
  keep
`;
          },
        ),
      );
    },
  ),
);
/** @param {Router} other */
function typed(other) {
  other.swapped(2, 1);
  other.swap(call(), 2);
  other.drop(1, call());
  other.kept(1);
  other.twice(() => 1);
  other.withDefault(1, 10);
  let changing = 1;
  other.lazy(changing++);
  other.lazy(changing);
  other.all([1, ...call()]);
  other.rest(...call());
  const { getOrder: get_order, swap } = other;
}
class Sub extends Router {
  swap(a, b) {
    return super.swapped(b, a);
  }
}
module.exports = { typed, Sub };
