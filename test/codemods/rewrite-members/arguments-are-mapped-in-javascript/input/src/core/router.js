class OldRouter {
  register_handler(type, handler, priority) {
    return this;
  }
  wrapped(type, handler) {}
  swap(a, b) {}
  drop(a, b) {}
  twice(a) {}
  dflt(a, b) {}
  lazy(a) {}
  rest(a, ...others) {}
  async promise_one(a) {
    return 1;
  }
  get_order() {
    return [];
  }
}
module.exports = { OldRouter };
