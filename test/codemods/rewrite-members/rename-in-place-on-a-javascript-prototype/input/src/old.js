function Old(name) {
  this.name = name;
}
Old.prototype.old_way = function (x) {
  return this.old_way(x - 1);
};
Old.prototype.other = function () {
  const self = this;
  return self.old_way(1);
};
Old.make_one = function () {
  return new Old('x');
};
module.exports = { Old };
