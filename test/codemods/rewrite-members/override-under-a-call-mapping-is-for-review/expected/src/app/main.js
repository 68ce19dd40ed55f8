import { MessageRouter } from '../core/message-router';

export class Mine extends MessageRouter {
  register_handler(handler) {
    super.addHandler(handler);
    this.register_handler('chat', handler);
  }
}
