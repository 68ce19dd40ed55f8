import { ChatError } from '../core';
import type { RouteContext, RoutedMessage } from '../core/message_router';
import { server_event, text_field } from '../core/types';
import { create_error_message, type MessageHandler } from '../services/websocket/message_router';
import type { ThreadService } from '../threads/thread_service';

/** Renames threads. A refusal is answered, not thrown: the client shows it next to the title. */
export class ThreadHandler implements MessageHandler {
  constructor(private readonly threads: ThreadService) {}

  canHandle(type: string): boolean {
    return type === 'thread_update';
  }

  async handleMessage({ userId, connection }: RouteContext, message: RoutedMessage): Promise<boolean> {
    const thread_id = message.thread_id ?? text_field(message.payload, 'thread_id') ?? '';
    const title = text_field(message.payload, 'title') ?? '';
    try {
      const thread = this.threads.rename(thread_id, userId, title);
      return connection.send(server_event('thread_updated', { thread_id: thread.id, title: thread.title }));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      connection.send(create_error_message(error.code, error.message));
      return false;
    }
  }
}
