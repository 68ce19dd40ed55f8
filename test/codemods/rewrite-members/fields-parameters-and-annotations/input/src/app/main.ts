import type { MessageRouter } from '../core/message-router';

export class Service {
  private late: MessageRouter | undefined;
  constructor(private readonly router: MessageRouter) {}
  start(other: MessageRouter = this.router) {
    this.router.stop();
    this.late?.stop();
    other.stop();
  }
}
