import type { MessageHandler } from '../message-handler.ts';
import { serverMessage } from '../replies.ts';
import type { RouteContext } from '../route-context.ts';
import type { RoutedMessage } from '../routed-message.ts';

const STATUS: ReadonlyMap<string, string> = new Map([
  ['connect', 'connected'],
  ['disconnect', 'disconnect_acknowledged'],
]);

/** Answers `connect` and `disconnect` with a system message; false when the reply was not accepted. */
export class ConnectionHandler implements MessageHandler {
  readonly supportedTypes: readonly string[] = [...STATUS.keys()];
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  canHandle(type: string): boolean {
    return STATUS.has(type);
  }

  handleMessage({ userId, connection }: RouteContext, { type }: RoutedMessage): boolean | Promise<boolean> {
    const data = { status: STATUS.get(type), user_id: userId };
    return connection.send(serverMessage('system_message', data, this.#now()));
  }
}
