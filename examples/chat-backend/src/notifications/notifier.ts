import { server_event } from '@/core/types';
import { websocket_event_router } from '@/services/websocket/event_router';
import type { MessageQueue } from '../queue/message_queue';

export interface Mailer {
  send(user_id: string, text: string): void | Promise<void>;
}

/** Keeps mails instead of sending them: for development, and where no SMTP server is configured. */
export class OutboxMailer implements Mailer {
  readonly outbox: { readonly user_id: string; readonly text: string }[] = [];

  send(user_id: string, text: string): void {
    this.outbox.push({ user_id, text });
  }
}

/** Reaches users through an open tab, and through the mail queue when there is none. */
export class Notifier {
  constructor(private readonly queue: MessageQueue) {}

  async notify(user_id: string, text: string): Promise<'pushed' | 'queued'> {
    const event = server_event('notification', { text });
    if (await websocket_event_router.route_event(user_id, event)) return 'pushed';
    this.queue.publish('mail', { user_id, text });
    return 'queued';
  }
}
