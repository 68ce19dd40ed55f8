import { MessageRouter } from '../core/message-router';

export class Mine extends MessageRouter {
  override get_handler_order() {
    return [...super.get_handler_order(), this.get_handler_order.name];
  }
}
