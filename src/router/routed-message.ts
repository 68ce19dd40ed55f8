import { jsonRpcType } from './json-rpc.ts';
import { secondsFrom } from './timestamps.ts';

/** An inbound message as middleware and handlers see it. */
export interface RoutedMessage {
  /** A wire type, or a type that a handler declares; legacy names are rewritten. */
  readonly type: string;
  /** The message's `payload`; the whole message when it has none, and for JSON-RPC. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly message_id?: string;
  /** As the client wrote it: data, not identity. The sender is `RouteContext.userId`. */
  readonly user_id?: string;
  readonly thread_id?: string;
}

/**
 * The message in what a client sent (parsed JSON), its type as sent; or, as a string, why there is none.
 * JSON-RPC comes first: its objects have no `type` of their own. `now` is in milliseconds.
 */
export function readMessage(received: unknown, now: number): RoutedMessage | string {
  if (!isRecord(received)) return 'A message is a JSON object';
  const rpcType = jsonRpcType(received);
  if (rpcType !== undefined) return { type: rpcType, payload: received, timestamp: now / 1000 };
  const type = own(received, 'type');
  if (typeof type !== 'string' || type === '') return 'A message has a type that is a string and not empty';
  const payload = own(received, 'payload') ?? received;
  if (!isRecord(payload)) return 'The payload of a message is a JSON object';
  return {
    type,
    payload,
    timestamp: secondsFrom(own(received, 'timestamp'), now),
    ...text(received, 'message_id'),
    ...text(received, 'user_id'),
    ...text(received, 'thread_id'),
  };
}

function text<K extends string>(record: Record<string, unknown>, key: K): { readonly [key in K]?: string } {
  const value = own(record, key);
  return typeof value === 'string' ? ({ [key]: value } as { [key in K]: string }) : {};
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
