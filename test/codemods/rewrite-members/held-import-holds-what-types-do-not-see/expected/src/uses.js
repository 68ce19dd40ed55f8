const { OldRouter } = require('./core/router');
const { handlerFor } = require('./router/handler-for');

const router = new OldRouter();
router.drop(1, call());
router.register_handler('a', () => {}).register_handler('b', () => {}, 3);
router['register_handler']('f', call);
router.wrapped(
  'a', // the type
  async () => {
    await 1;
    router.wrapped(
      'nested',
      function () {
        return `
  keep
`;
      },
    );
  },
);
/** @param {OldRouter} other */
function typed(other) {
  other.swap(1, 2);
  other.swap(call(), 2);
  other.drop(1, call());
  other.drop(1, 2);
  other.twice(() => 1);
  other.dflt(1);
  let changing = 1;
  other.lazy(changing++);
  other.lazy(changing);
  other.rest(1, ...call());
  other.rest(...call());
  const { get_order, swap } = other;
}
class Sub extends OldRouter {
  swap(a, b) {
    return super.swap(a, b);
  }
}
module.exports = { typed, Sub };
