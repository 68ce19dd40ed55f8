/** @typedef {(text: string) => void} Handler */
class Router {
  constructor() {
    /** @type {Map<string, Handler>} */
    this.handlers = new Map();
    this.on_any = () => {};
  }
  /**
   * @param {string} type
   * @param {Handler} handler
   */
  register_handler(type, handler) {
    this.handlers.set(type, handler);
    return this;
  }
  get_order() {
    return [...this.handlers.keys()];
  }
  static make_one() {
    return new Router();
  }
  get max_size() {
    return 1;
  }
  set max_size(value) {}
}
module.exports = { Router };
