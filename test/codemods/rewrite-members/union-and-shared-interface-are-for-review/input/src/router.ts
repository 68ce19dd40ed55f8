export class Router {
  addHandler(type: string): void {}
  getOrder(): string[] {
    return [];
  }
}
