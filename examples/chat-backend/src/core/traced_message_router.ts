import { MessageRouter, type Middleware } from './message_router';
import type { Clock } from './types';

export interface MiddlewareTrace {
  readonly index: number;
  readonly type: string;
  readonly dropped: boolean;
  readonly elapsed_ms: number;
}

/** Writes down what each middleware does with a message. For "why was my message dropped?" tickets. */
export class TracedMessageRouter extends MessageRouter {
  readonly traces: MiddlewareTrace[] = [];
  private traced_count = 0;

  constructor(private readonly clock: Clock = Date.now) {
    super();
  }

  override add_middleware(middleware: Middleware): void {
    const index = this.traced_count++;
    super.add_middleware(async (message, context) => {
      const started = this.clock();
      const result = await middleware(message, context);
      this.traces.push({
        index,
        type: message.type,
        dropped: result === null,
        elapsed_ms: this.clock() - started,
      });
      return result;
    });
  }

  dropped_types(): string[] {
    return this.traces.filter((trace) => trace.dropped).map((trace) => trace.type);
  }
}
