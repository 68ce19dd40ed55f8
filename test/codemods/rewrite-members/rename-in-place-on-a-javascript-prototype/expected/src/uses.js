const { Old } = require('./old');

new Old('x').newWay(1);
const old = new Old('y');
old.newWay(2);
old['newWay'](2);
Old.makeOne();
Old.prototype.newWay.call(old, 1);
const { newWay: old_way } = old;
jest.spyOn(Old.prototype, 'newWay');

/** @param {Old} other */
function typed(other) {
  const { newWay: local } = other;
  return other.newWay(1) + local;
}

Old.makeOne().old_way(3);
let either = new Old('z');
either = somethingElse();
either.old_way(4);
module.exports = { old_way, typed };
