export type Handler = (text: string) => void;

export class Router {
  private readonly handlers = new Map<string, Handler>();

  addHandler(type: string, handler: Handler): this {
    this.secret();
    Router.makeOne();
    this['secret']();
    this.handlers.set(type, handler);
    return this;
  }

  private secret(): void {}

  getOrder(): string[] {
    return [...this.handlers.keys()];
  }

  static makeOne(): Router {
    return new this();
  }

  get maxSize(): number {
    return 1;
  }

  set maxSize(value: number) {
    this.handlers.clear();
  }
}

export class Queue {
  register_handler(): void {}
  get_order(): void {}
}
