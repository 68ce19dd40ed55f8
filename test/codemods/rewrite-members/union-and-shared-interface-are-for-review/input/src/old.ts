import type { Registers } from './registers';

export class OldRouter implements Registers {
  register_handler(type: string): void {}
  get_order(): string[] {
    return [];
  }
}
