export type Clock = () => number;

/** What a client receives. Timestamps are unix seconds, as in the Python service. */
export interface ServerEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly timestamp: number;
}

export function server_event(type: string, data: Record<string, unknown>, clock: Clock = Date.now): ServerEvent {
  return { type, data, timestamp: clock() / 1000 };
}

/** The payload's field if it is text, trimmed. */
export function text_field(payload: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = payload[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
