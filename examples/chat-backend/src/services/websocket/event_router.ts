import type { ServerEvent } from '@/core/types';
import type { ConnectionManager } from './connection_manager';

/** Sends events to users from anywhere in the process. It checks nothing: any caller reaches any user. */
export class WebSocketEventRouter {
  private manager: ConnectionManager | undefined;

  attach(manager: ConnectionManager): void {
    this.manager = manager;
  }

  async route_event(user_id: string, event: ServerEvent): Promise<boolean> {
    return ((await this.manager?.send_to_user(user_id, event)) ?? 0) > 0;
  }

  async broadcast(event: ServerEvent): Promise<number> {
    const users = this.manager?.users() ?? [];
    const reached = await Promise.all(users.map((user_id) => this.route_event(user_id, event)));
    return reached.filter(Boolean).length;
  }
}

export const websocket_event_router = new WebSocketEventRouter();
