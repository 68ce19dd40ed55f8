export class OldRouter {
  register_handler(type: string): void {}
  get_order(): string[] {
    return [];
  }
}
