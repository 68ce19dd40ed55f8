/** Where replies go. One end of a socket, or whatever stands for it in a test. */
export interface Connection {
  readonly id: string;
  /** Whether the message was accepted for sending. The connection serialises; it may throw or reject when it is closed. */
  send(message: object): boolean | Promise<boolean>;
}

/**
 * Who sent a message and where the reply goes. It travels with each message, so handlers keep nothing of a user.
 * The user comes from the authenticated connection, never from the message.
 */
export interface RouteContext {
  readonly userId: string;
  readonly connection: Connection;
}
