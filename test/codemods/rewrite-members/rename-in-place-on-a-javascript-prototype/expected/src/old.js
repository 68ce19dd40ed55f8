function Old(name) {
  this.name = name;
}
Old.prototype.newWay = function (x) {
  return this.newWay(x - 1);
};
Old.prototype.other = function () {
  const self = this;
  return self.newWay(1);
};
Old.makeOne = function () {
  return new Old('x');
};
module.exports = { Old };
