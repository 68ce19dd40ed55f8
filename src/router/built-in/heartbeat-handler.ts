import type { MessageHandler } from '../message-handler.ts';
import { serverMessage } from '../replies.ts';
import type { RouteContext } from '../route-context.ts';
import type { RoutedMessage } from '../routed-message.ts';

/** Answers `ping` with `pong` and `heartbeat` with `heartbeat_ack`; takes the answers of others in silence. */
export class HeartbeatHandler implements MessageHandler {
  readonly supportedTypes: readonly string[] = ['ping', 'pong', 'heartbeat', 'heartbeat_ack'];
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  canHandle(type: string): boolean {
    return this.supportedTypes.includes(type);
  }

  handleMessage({ connection }: RouteContext, { type }: RoutedMessage): boolean | Promise<boolean> {
    if (type === 'ping') return connection.send(serverMessage('pong', {}, this.#now()));
    if (type === 'heartbeat')
      return connection.send(serverMessage('heartbeat_ack', { status: 'healthy' }, this.#now()));
    return true;
  }
}
