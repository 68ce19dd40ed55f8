import { server_event, text_field } from '@/core/types';
import type { ConnectionManager } from '@/services/websocket/connection_manager';
import type { RouteContext, RoutedMessage } from '../core/message_router';
import type { MessageHandler } from '../services/websocket/message_router';
import type { ThreadService } from '../threads/thread_service';

const TYPING_TYPES = ['user_typing', 'typing_started', 'typing_stopped'];

/** Tells the others in a thread who is typing. Unknown threads are ignored: typing is not worth an error. */
export class TypingHandler implements MessageHandler {
  constructor(
    private readonly threads: ThreadService,
    private readonly connections: ConnectionManager,
  ) {}

  canHandle(type: string): boolean {
    return TYPING_TYPES.includes(type);
  }

  async handleMessage({ userId }: RouteContext, message: RoutedMessage): Promise<boolean> {
    const thread_id = message.thread_id ?? text_field(message.payload, 'thread_id');
    if (!thread_id || !this.threads.exists(thread_id)) return true;
    const typing = message.type !== 'typing_stopped';
    const event = server_event('user_typing', { thread_id, user_id: userId, typing });
    const others = this.threads.members(thread_id).filter((member) => member !== userId);
    await Promise.all(others.map((member) => this.connections.send_to_user(member, event)));
    return true;
  }
}
