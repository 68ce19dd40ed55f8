/** @typedef {(text: string) => void} Handler */
class Router {
  constructor() {
    /** @type {Map<string, Handler>} */
    this.handlers = new Map();
    this.onAny = () => {};
  }
  /**
   * @param {string} type
   * @param {Handler} handler
   */
  addHandler(type, handler) {
    this.handlers.set(type, handler);
    return this;
  }
  getOrder() {
    return [...this.handlers.keys()];
  }
  static makeOne() {
    return new Router();
  }
  get maxSize() {
    return 1;
  }
  set maxSize(value) {}
}
module.exports = { Router };
