import { MessageRouter } from '../core/message-router';

export class Mine extends MessageRouter {
  override getHandlerOrder() {
    return [...super.getHandlerOrder(), this.getHandlerOrder.name];
  }
}
