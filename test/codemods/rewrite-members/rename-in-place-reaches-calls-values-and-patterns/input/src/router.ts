export type Handler = (text: string) => void;

export class Router {
  private readonly handlers = new Map<string, Handler>();

  register_handler(type: string, handler: Handler): this {
    this._secret();
    Router.make_one();
    this['_secret']();
    this.handlers.set(type, handler);
    return this;
  }

  private _secret(): void {}

  get_order(): string[] {
    return [...this.handlers.keys()];
  }

  static make_one(): Router {
    return new this();
  }

  get max_size(): number {
    return 1;
  }

  set max_size(value: number) {
    this.handlers.clear();
  }
}

export class Queue {
  register_handler(): void {}
  get_order(): void {}
}
