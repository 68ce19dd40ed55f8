import { server_event, text_field } from '@/core/types';
import type { ConnectionManager } from '@/services/websocket/connection_manager';
import { create_error_message, type MessageHandler } from '@/services/websocket/message_router';
import type { RouteContext, RoutedMessage } from '../core/message_router';
import type { PluginHost } from '../plugins/plugin_host';
import type { ThreadService } from '../threads/thread_service';

/** Stores what a user writes and hands it on to the others in the thread. */
export class UserMessageHandler implements MessageHandler {
  private stored = 0;

  constructor(
    private readonly threads: ThreadService,
    private readonly connections: ConnectionManager,
    private readonly plugins: PluginHost,
    private readonly max_length: number,
  ) {}

  canHandle(type: string): boolean {
    return type === 'user_message' || type === 'chat';
  }

  async handleMessage({ userId, connection }: RouteContext, message: RoutedMessage): Promise<boolean> {
    const raw = text_field(message.payload, 'text');
    const thread_id = message.thread_id ?? text_field(message.payload, 'thread_id');
    if (!raw || !thread_id) {
      connection.send(create_error_message('INVALID_PAYLOAD', 'A message needs a text and a thread_id'));
      return false;
    }
    const text = this.plugins.apply('before_send', raw);
    if (text.length > this.max_length) {
      connection.send(create_error_message('TOO_LONG', `A message has at most ${this.max_length} characters`));
      return false;
    }
    const entry = this.threads.post(thread_id, userId, text);
    this.stored += 1;
    const event = server_event('thread_message', { thread_id, author: userId, text, sequence: entry.sequence });
    const others = this.threads.members(thread_id).filter((member) => member !== userId);
    await Promise.all(others.map((member) => this.connections.send_to_user(member, event)));
    return connection.send(server_event('message_stored', { thread_id, sequence: entry.sequence }));
  }

  getStats() {
    return { stored: this.stored };
  }
}
