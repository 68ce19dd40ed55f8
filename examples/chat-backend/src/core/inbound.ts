import type { ClientSocket, RoutedMessage } from './message_router';

/** The message in a parsed frame; undefined when the frame is none. */
export function read_message(frame: unknown): RoutedMessage | undefined {
  if (!is_record(frame) || typeof frame.type !== 'string' || frame.type === '') return undefined;
  const payload = frame.payload ?? frame;
  if (!is_record(payload)) return undefined;
  return {
    type: frame.type,
    payload,
    timestamp: typeof frame.timestamp === 'number' ? frame.timestamp : Date.now() / 1000,
    ...(typeof frame.message_id === 'string' && { message_id: frame.message_id }),
    ...(typeof frame.thread_id === 'string' && { thread_id: frame.thread_id }),
  };
}

/** Tells a client that its message arrived although nobody knows the type: newer clients stop retrying then. */
export async function acknowledge(connection: ClientSocket, user_id: string, received_type: string): Promise<boolean> {
  return connection.send({
    type: 'ack',
    received_type,
    timestamp: Date.now() / 1000,
    user_id,
    status: 'acknowledged',
  });
}

function is_record(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
