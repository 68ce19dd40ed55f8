import { MessageRouter } from '../core/message-router';
import { handlerFor } from '../router/handler-for';

export class Mine extends MessageRouter {
  register_handler(handler) {
    super.addHandler(handler);
    this.addHandler(handlerFor('chat', handler));
  }
}
