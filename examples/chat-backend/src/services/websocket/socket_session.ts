import type { MessageRouter as ControlRouter } from '../../core/message_router';
import type { ConnectionManager, SocketConnection } from './connection_manager';
import { create_error_message, type MessageRouter } from './message_router';
import type { QualityMessageRouter } from './quality_message_router';

export type Channel = 'chat' | 'control' | 'quality';

export interface SessionRouters {
  readonly chat: MessageRouter;
  readonly control: ControlRouter;
  /** Only for users who may see the quality dashboard. */
  readonly quality?: QualityMessageRouter;
}

/** One browser tab from its connect to its disconnect. */
export class SocketSession {
  private readonly chat_router: MessageRouter;
  private readonly control_router: ControlRouter;
  private readonly quality_router?: QualityMessageRouter;

  constructor(
    readonly user_id: string,
    private readonly connection: SocketConnection,
    private readonly manager: ConnectionManager,
    routers: SessionRouters,
  ) {
    this.chat_router = routers.chat;
    this.control_router = routers.control;
    this.quality_router = routers.quality;
  }

  async open(): Promise<boolean> {
    this.manager.add(this.user_id, this.connection);
    return this.chat_router.route_message(this.user_id, this.connection, { type: 'connect' });
  }

  async receive(channel: Channel, text: string): Promise<boolean> {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      this.connection.send(create_error_message('JSON_PARSE_ERROR', 'The frame is not JSON'));
      return false;
    }
    switch (channel) {
      case 'chat':
        return this.chat_router.route_message(this.user_id, this.connection, frame);
      case 'control':
        return this.control_router.route_message({ userId: this.user_id, connection: this.connection }, frame);
      case 'quality':
        return (await this.quality_router?.handle_message(this.user_id, this.connection, frame)) ?? this.refuse();
    }
  }

  async close(): Promise<void> {
    await this.chat_router.route_message(this.user_id, this.connection, { type: 'disconnect' });
    this.manager.remove(this.user_id, this.connection);
  }

  private refuse(): boolean {
    this.connection.send(create_error_message('FORBIDDEN', 'The quality channel is for supervisors'));
    return false;
  }
}
