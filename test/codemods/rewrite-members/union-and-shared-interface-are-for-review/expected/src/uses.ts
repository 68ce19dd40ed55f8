import { Router } from './router';
import type { Counts, Keeps, Registers } from './registers';

export class Other implements Registers {
  register_handler(type: string): void {}
  get_order(): number {
    return 1;
  }
}
export class Deeper extends Other {
  override register_handler(type: string): void {}
}
export class Queue {
  register_handler(): number {
    return 1;
  }
}
const router = new Router();
router.getOrder();
function through(registers: Registers, either: Router | Other, keeps: Keeps<string>, counts: Counts<string>): void {
  registers.register_handler('a');
  either.register_handler('a');
  either.get_order();
  keeps.get_order();
  counts.get_order('a', 'b', 1);
}
new Other().register_handler('a');
new Deeper().register_handler('a');
new Other().get_order();
new Queue().register_handler();
export { through };
