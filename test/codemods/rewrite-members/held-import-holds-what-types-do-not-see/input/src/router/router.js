class Router {
  addHandler(options) {
    return this;
  }
  add(handler) {}
  swapped(b, a) {}
  kept(a) {}
  both(a, b) {}
  withDefault(a, b) {}
  later(make) {}
  all(list) {}
  async one(a) {
    return { value: 1 };
  }
  getOrder() {
    return [];
  }
}
module.exports = { Router };
