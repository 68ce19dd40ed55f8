/** What the server sends, except errors and acknowledgements. */
export interface ServerMessage {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly server_id?: string;
  readonly correlation_id?: string;
}

export interface ErrorMessage {
  readonly type: 'error_message';
  readonly error_code: string;
  readonly error_message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly recovery_suggestions?: readonly string[];
}

/** The reply to a message of unknown type. */
export interface Acknowledgement {
  readonly type: 'ack';
  readonly received_type: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly user_id: string;
  readonly status: 'acknowledged';
}

export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly recoverySuggestions?: readonly string[];
}

/** The server message of a type; `now` is in milliseconds. */
export function serverMessage(type: string, data: Readonly<Record<string, unknown>>, now = Date.now()): ServerMessage {
  return { type, data, timestamp: now / 1000 };
}

/** The error reply with these facts; a blank code or message throws `RangeError`. `now` is in milliseconds. */
export function errorMessage(facts: ErrorFacts, now = Date.now()): ErrorMessage {
  if (facts.code.trim() === '') throw new RangeError('An error message has a code that is not blank');
  if (facts.message.trim() === '') throw new RangeError(`The error message ${facts.code} has a text that is not blank`);
  return {
    type: 'error_message',
    error_code: facts.code,
    error_message: facts.message,
    details: facts.details ?? {},
    timestamp: now / 1000,
    ...(facts.recoverySuggestions && { recovery_suggestions: facts.recoverySuggestions }),
  };
}

/** The acknowledgement of a type that nobody knows; `now` is in milliseconds. */
export function acknowledgement(receivedType: string, userId: string, now: number): Acknowledgement {
  return { type: 'ack', received_type: receivedType, timestamp: now / 1000, user_id: userId, status: 'acknowledged' };
}
