export class Router {
  addHandler(options: { type: string; handler: () => void; priority?: number }): this { return this; }
  add(handler: () => void): void {}
  swapped(b: unknown, a: unknown): void {}
  kept(a: unknown): void {}
  both(a: unknown, b: unknown): void {}
  withDefault(a: unknown, b: number): void {}
  later(make: () => unknown): void {}
  all(list: unknown[]): void {}
  async one(a: unknown) { return { value: 1 }; }
  getOrder(): string[] { return []; }
}
