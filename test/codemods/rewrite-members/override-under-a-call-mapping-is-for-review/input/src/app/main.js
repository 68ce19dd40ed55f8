import { MessageRouter } from '../core/message-router';

export class Mine extends MessageRouter {
  register_handler(handler) {
    super.register_handler(handler);
    this.register_handler('chat', handler);
  }
}
