import { acknowledge, read_message } from '../../core/inbound';
import type { ClientSocket, RouteHandler } from '../../core/message_router';
import type { MessageHandler } from './message_router';

/** The third router, for the quality dashboard. It copies the second one because that one acknowledged our types. */
export class QualityMessageRouter {
  private readonly overrides = new Map<string, RouteHandler>();
  private messages_routed = 0;
  private handler_errors = 0;

  constructor(
    private readonly supervisor: MessageHandler,
    private readonly reports: MessageHandler,
    private readonly monitor: MessageHandler,
  ) {}

  /** Takes precedence over the supervisor, the reports and the monitor. The first registration of a type counts. */
  register_handler(type: string, handler: RouteHandler): void {
    if (!this.overrides.has(type)) this.overrides.set(type, handler);
  }

  async handle_message(user_id: string, connection: ClientSocket, frame: unknown): Promise<boolean> {
    this.messages_routed += 1;
    const message = read_message(frame);
    if (!message) return false;
    const context = { userId: user_id, connection };
    const override = this.overrides.get(message.type);
    const handler = this.collaborators.find((each) => each.canHandle(message.type));
    if (!override && !handler) {
      return acknowledge(connection, user_id, message.type);
    }
    try {
      const result = override ? await override(context, message) : await handler?.handleMessage(context, message);
      return result !== false;
    } catch (error) {
      this.handler_errors += 1;
      console.error(`Quality request ${message.type} failed`, error);
      return false;
    }
  }

  get_stats(): { readonly messages_routed: number; readonly handler_errors: number; readonly handler_order: readonly string[] } {
    const names = [
      ...[...this.overrides.keys()].map((type) => `override:${type}`),
      ...this.collaborators.map((each) => each.constructor.name),
    ];
    return {
      messages_routed: this.messages_routed,
      handler_errors: this.handler_errors,
      handler_order: names.map((name, index) => `[${index}] ${name}`),
    };
  }

  private get collaborators(): readonly MessageHandler[] {
    return [this.supervisor, this.reports, this.monitor];
  }
}
