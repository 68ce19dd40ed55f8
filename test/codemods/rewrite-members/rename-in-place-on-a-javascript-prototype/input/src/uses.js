const { Old } = require('./old');

new Old('x').old_way(1);
const old = new Old('y');
old.old_way(2);
old['old_way'](2);
Old.make_one();
Old.prototype.old_way.call(old, 1);
const { old_way } = old;
jest.spyOn(Old.prototype, 'old_way');

/** @param {Old} other */
function typed(other) {
  const { old_way: local } = other;
  return other.old_way(1) + local;
}

Old.make_one().old_way(3);
let either = new Old('z');
either = somethingElse();
either.old_way(4);
module.exports = { old_way, typed };
