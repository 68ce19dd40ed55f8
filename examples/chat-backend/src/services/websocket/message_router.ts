import { acknowledge, read_message } from '@/core/inbound';
import { is_known_type, resolve_alias } from '@/core/message_types';
import type { ClientSocket, RouteContext, RoutedMessage } from '../../core/message_router';

/** Takes messages of some types. Shared by all connections, so it keeps nothing of a user. */
export interface MessageHandler {
  readonly supportedTypes?: readonly string[];
  canHandle(type: string): boolean;
  handleMessage(context: RouteContext, message: RoutedMessage): boolean | Promise<boolean>;
  getStats?(): Readonly<Record<string, unknown>>;
}

export type HandlerStatus = {
  readonly status: 'initializing' | 'ready' | 'error';
  readonly message: string;
  readonly handler_count: number;
  readonly elapsed_seconds: number;
  readonly grace_period_active: boolean;
  readonly handlers?: readonly string[];
};

export type RouterStats = {
  readonly messages_routed: number;
  readonly unhandled_messages: number;
  readonly handler_errors: number;
  readonly message_types: Readonly<Record<string, number>>;
  readonly handler_stats: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly handler_order: readonly string[];
  readonly handler_count: number;
  readonly handler_status: HandlerStatus;
};

export interface ErrorReply {
  readonly type: 'error_message';
  readonly error_code: string;
  readonly error_message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly timestamp: number;
}

const GRACE_PERIOD_SECONDS = 10;

export function create_error_message(code: string, message: string): ErrorReply {
  return { type: 'error_message', error_code: code, error_message: message, details: {}, timestamp: Date.now() / 1000 };
}

class ConnectionHandler implements MessageHandler {
  canHandle(type: string): boolean {
    return type === 'connect' || type === 'disconnect';
  }

  handleMessage({ userId, connection }: RouteContext, { type }: RoutedMessage): boolean | Promise<boolean> {
    const status = type === 'connect' ? 'connected' : 'disconnect_acknowledged';
    return connection.send({ type: 'system_message', data: { status, user_id: userId }, timestamp: Date.now() / 1000 });
  }
}

class HeartbeatHandler implements MessageHandler {
  canHandle(type: string): boolean {
    return ['ping', 'pong', 'heartbeat', 'heartbeat_ack'].includes(type);
  }

  handleMessage({ connection }: RouteContext, { type }: RoutedMessage): boolean | Promise<boolean> {
    const timestamp = Date.now() / 1000;
    if (type === 'ping') return connection.send({ type: 'pong', data: {}, timestamp });
    if (type === 'heartbeat') return connection.send({ type: 'heartbeat_ack', data: { status: 'healthy' }, timestamp });
    return true;
  }
}

/** The second router, for browsers: a list of handler objects, of which the first that can takes the message. */
export class MessageRouter {
  private readonly custom_handlers: MessageHandler[] = [];
  private readonly built_in_handlers: MessageHandler[] = [new ConnectionHandler(), new HeartbeatHandler()];
  private readonly started_at = Date.now();
  private readonly message_types = new Map<string, number>();
  private messages_routed = 0;
  private unhandled_messages = 0;
  private handler_errors = 0;

  get handlers(): readonly MessageHandler[] {
    return [...this.custom_handlers, ...this.built_in_handlers];
  }

  get handler_count(): number {
    return this.custom_handlers.length + this.built_in_handlers.length;
  }

  register_handler(handler: MessageHandler): void {
    this.check_handler(handler);
    this.custom_handlers.push(handler);
  }

  insert_handler(handler: MessageHandler, index = 0): void {
    this.check_handler(handler);
    this.custom_handlers.splice(Math.max(index, 0), 0, handler);
  }

  remove_handler(handler: MessageHandler): void {
    for (const list of [this.custom_handlers, this.built_in_handlers]) {
      const index = list.indexOf(handler);
      if (index >= 0) {
        list.splice(index, 1);
        return;
      }
    }
    console.warn('remove_handler: the handler is not registered');
  }

  get_handler_order(): string[] {
    return this.handlers.map((handler) => handler.constructor.name);
  }

  async route_message(user_id: string, connection: ClientSocket, frame: unknown): Promise<boolean> {
    this.messages_routed += 1;
    const read = read_message(frame);
    if (!read) return false;
    const message = { ...read, type: resolve_alias(read.type) };
    if (!is_known_type(message.type)) {
      this.unhandled_messages += 1;
      return acknowledge(connection, user_id, message.type);
    }
    this.message_types.set(message.type, (this.message_types.get(message.type) ?? 0) + 1);
    const handler = this.handlers.find((each) => each.canHandle(message.type));
    if (!handler) {
      this.unhandled_messages += 1;
      return true;
    }
    try {
      return await handler.handleMessage({ userId: user_id, connection }, message);
    } catch (error) {
      this.handler_errors += 1;
      console.error(`${handler.constructor.name} failed on ${message.type}`, error);
      return false;
    }
  }

  get_stats(): RouterStats {
    return {
      messages_routed: this.messages_routed,
      unhandled_messages: this.unhandled_messages,
      handler_errors: this.handler_errors,
      message_types: Object.fromEntries(this.message_types),
      handler_stats: Object.fromEntries(
        this.handlers.map((handler) => [handler.constructor.name, handler.getStats?.() ?? { status: 'active' }]),
      ),
      handler_order: this.get_handler_order().map((name, index) => `[${index}] ${name}`),
      handler_count: this.handler_count,
      handler_status: this.get_handler_status(),
    };
  }

  /** The load balancer asks for this; a pod without handlers is restarted once its grace period is over. */
  get_handler_status(): HandlerStatus {
    const elapsed_seconds = (Date.now() - this.started_at) / 1000;
    const facts = { handler_count: this.handler_count, elapsed_seconds };
    if (elapsed_seconds < GRACE_PERIOD_SECONDS) {
      return { status: 'initializing', message: 'Starting', ...facts, grace_period_active: true };
    }
    if (this.handler_count === 0) {
      return { status: 'error', message: 'No handlers', ...facts, grace_period_active: false };
    }
    const handlers = this.get_handler_order();
    return { status: 'ready', message: 'Ready', ...facts, grace_period_active: false, handlers };
  }

  private check_handler(handler: MessageHandler): void {
    if (typeof handler?.canHandle !== 'function' || typeof handler.handleMessage !== 'function') {
      throw new TypeError('A handler needs canHandle and handleMessage. Did you mean the router in core/message_router?');
    }
  }
}
