export class OldRouter {
  register_handler(type: string, handler: () => void, priority?: number): this { return this; }
  wrapped(type: string, handler: () => void): void {}
  swap(a: unknown, b: unknown): void {}
  drop(a: unknown, b: unknown): void {}
  twice(a: unknown): void {}
  dflt(a: unknown, b?: number): void {}
  lazy(a: unknown): void {}
  rest(a: unknown, ...others: unknown[]): void {}
  async promise_one(a: unknown) { return 1; }
  get_order(): string[] { return []; }
}
