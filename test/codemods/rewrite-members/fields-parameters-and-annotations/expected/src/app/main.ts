import type { MessageRouter } from '../core/message-router';

export class Service {
  private late: MessageRouter | undefined;
  constructor(private readonly router: MessageRouter) {}
  start(other: MessageRouter = this.router) {
    this.router.shutdown({ force: true });
    this.late?.shutdown({ force: true });
    other.shutdown({ force: true });
  }
}
