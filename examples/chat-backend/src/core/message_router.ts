import { acknowledge, read_message } from './inbound';
import { is_known_type, resolve_alias } from './message_types';

/** One end of a connection, as far as a router needs it. */
export interface ClientSocket {
  readonly id: string;
  send(event: object): boolean | Promise<boolean>;
}

export interface RouteContext {
  readonly userId: string;
  readonly connection: ClientSocket;
}

export interface RoutedMessage {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly timestamp: number;
  readonly message_id?: string;
  readonly user_id?: string;
  readonly thread_id?: string;
}

export type RouteHandler = (
  context: RouteContext,
  message: RoutedMessage,
) => boolean | void | Promise<boolean | void>;

/** Returns the message to go on with, or null to drop it. */
export type Middleware = (
  message: RoutedMessage,
  context: RouteContext,
) => RoutedMessage | null | Promise<RoutedMessage | null>;

export type RouterStatistics = {
  readonly total_messages: number;
  readonly active_routes: number;
  readonly middleware_count: number;
  readonly dropped_messages: number;
  readonly active: boolean;
  readonly production_stats: {
    readonly messages_routed: number;
    readonly unhandled_messages: number;
    readonly handler_errors: number;
  };
};

interface Route {
  readonly type: string;
  readonly handler: RouteHandler;
  readonly priority: number;
}

/** The first router, ported from the Python service: one function per message type. */
export class MessageRouter {
  private readonly routes: Route[] = [];
  private readonly middleware: Middleware[] = [];
  private total_messages = 0;
  private unhandled_messages = 0;
  private dropped_messages = 0;
  private handler_errors = 0;

  /** Several handlers may be registered for a type; the one with the highest priority runs, the older one of equals. */
  register_handler(type: string, handler: RouteHandler, priority = 0): void {
    if (typeof handler !== 'function') throw new TypeError(`The handler for ${type} is not a function`);
    const index = this.routes.findIndex((route) => route.priority < priority);
    this.routes.splice(index < 0 ? this.routes.length : index, 0, { type, handler, priority });
  }

  add_route(type: string, handler: RouteHandler): void {
    this.register_handler(type, handler);
  }

  add_middleware(middleware: Middleware): void {
    this.middleware.push(middleware);
  }

  async route_message(context: RouteContext, frame: unknown): Promise<boolean> {
    this.total_messages += 1;
    const read = read_message(frame);
    if (!read) return false;
    const message = await this.apply_middleware({ ...read, type: this.known_type(read.type) }, context);
    if (!message) {
      this.dropped_messages += 1;
      return false;
    }
    const route = this.routes.find((each) => each.type === message.type);
    if (!route) {
      this.unhandled_messages += 1;
      if (is_known_type(message.type)) return true;
      return acknowledge(context.connection, context.userId, message.type);
    }
    try {
      return (await route.handler(context, message)) !== false;
    } catch (error) {
      this.handler_errors += 1;
      console.error(`Handler for ${message.type} failed`, error);
      return false;
    }
  }

  get_route_count(): number {
    return this.routes.length;
  }

  get_statistics(): RouterStatistics {
    return {
      total_messages: this.total_messages,
      active_routes: this.routes.length,
      middleware_count: this.middleware.length,
      dropped_messages: this.dropped_messages,
      active: this.routes.length > 0,
      production_stats: {
        messages_routed: this.total_messages,
        unhandled_messages: this.unhandled_messages,
        handler_errors: this.handler_errors,
      },
    };
  }

  private known_type(type: string): string {
    return this.routes.some((route) => route.type === type) ? type : resolve_alias(type);
  }

  private async apply_middleware(message: RoutedMessage, context: RouteContext): Promise<RoutedMessage | null> {
    let current = message;
    for (const middleware of this.middleware) {
      try {
        const next = await middleware(current, context);
        if (!next) return null;
        current = next;
      } catch (error) {
        console.error(`A middleware failed on ${current.type}`, error);
        return null;
      }
    }
    return current;
  }
}
