import type { ServerEvent } from '@/core/types';
import type { ClientSocket } from '../../core/message_router';

const OPEN = 1;

/** The part of a `ws` socket that we use. */
export interface RawSocket {
  readonly readyState: number;
  send(text: string): void;
}

export class SocketConnection implements ClientSocket {
  constructor(
    readonly id: string,
    private readonly socket: RawSocket,
  ) {}

  send(event: object): boolean {
    if (this.socket.readyState !== OPEN) return false;
    this.socket.send(JSON.stringify(event));
    return true;
  }
}

/** Who is connected, from which tabs. */
export class ConnectionManager {
  private readonly connections = new Map<string, Map<string, ClientSocket>>();

  add(user_id: string, connection: ClientSocket): void {
    const tabs = this.connections.get(user_id) ?? new Map<string, ClientSocket>();
    this.connections.set(user_id, tabs.set(connection.id, connection));
  }

  remove(user_id: string, connection: ClientSocket): void {
    const tabs = this.connections.get(user_id);
    tabs?.delete(connection.id);
    if (tabs?.size === 0) this.connections.delete(user_id);
  }

  is_connected(user_id: string): boolean {
    return this.connections.has(user_id);
  }

  users(): string[] {
    return [...this.connections.keys()];
  }

  /** How many of the user's tabs took the event. */
  async send_to_user(user_id: string, event: ServerEvent): Promise<number> {
    const tabs = [...(this.connections.get(user_id)?.values() ?? [])];
    const outcomes = await Promise.all(tabs.map((connection) => connection.send(event)));
    return outcomes.filter(Boolean).length;
  }
}
