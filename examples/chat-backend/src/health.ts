import type { MessageRouter } from './core/message_router';
import type { MessageRouter as SocketRouter } from './services/websocket/message_router';

export interface Health {
  readonly status: 'initializing' | 'ready' | 'error';
  readonly handlers: number;
  readonly routes: number;
  readonly unhandled_ratio: number;
}

export function health_of(chat: SocketRouter, control: MessageRouter | undefined): Health {
  const { handler_count } = chat;
  const { messages_routed, unhandled_messages } = chat.get_stats();
  return {
    status: chat.get_handler_status().status,
    handlers: handler_count,
    routes: control?.get_route_count() ?? 0,
    unhandled_ratio: messages_routed === 0 ? 0 : unhandled_messages / messages_routed,
  };
}

/** For the start-up log: `TypingHandler > UserMessageHandler > …`. */
export function describe_order(chat: SocketRouter | null): string {
  return chat?.get_handler_order().join(' > ') ?? 'no router';
}
