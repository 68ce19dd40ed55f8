/** Every type that the wire protocol knows, by subject. */
const TYPES_BY_SUBJECT = {
  connection: ['connect', 'disconnect', 'connection_established', 'heartbeat', 'heartbeat_ack', 'ping', 'pong'],
  user: ['user_message', 'chat', 'system_message', 'error_message'],
  typing: ['user_typing', 'agent_typing', 'typing_started', 'typing_stopped'],
  agent: [
    'start_agent',
    'agent_request',
    'agent_task',
    'agent_task_ack',
    'agent_response',
    'agent_response_chunk',
    'agent_response_complete',
    'agent_status_request',
    'agent_status_update',
    'agent_progress',
    'agent_thinking',
    'agent_error',
    'agent_started',
    'agent_completed',
    'tool_executing',
    'tool_completed',
  ],
  agentAlias: ['agent_start', 'agent_complete', 'tool_execute', 'tool_complete'],
  thread: ['thread_update', 'thread_message'],
  broadcast: ['broadcast', 'broadcast_test', 'direct_message', 'room_message'],
  rpc: ['jsonrpc_request', 'jsonrpc_response', 'jsonrpc_notification'],
  test: ['resilience_test', 'recovery_test'],
} as const;

export type WireType = (typeof TYPES_BY_SUBJECT)[keyof typeof TYPES_BY_SUBJECT][number];

export const WIRE_TYPES: ReadonlySet<string> = new Set<string>(Object.values(TYPES_BY_SUBJECT).flat());

/** Names that older clients send, and the wire type that each stands for. */
export const LEGACY_TYPES: ReadonlyMap<string, WireType> = new Map<string, WireType>([
  ['connected', 'connect'],
  ['user', 'user_message'],
  ['user_input', 'user_message'],
  ['chat_message', 'user_message'],
  ['message', 'user_message'],
  ['agent', 'agent_request'],
  ['agent_status', 'agent_status_update'],
  ['agent_update', 'agent_status_update'],
  ['agent_failed', 'agent_error'],
  ['agent_fallback', 'agent_error'],
  ['execute_agent', 'start_agent'],
  ['EXECUTE_AGENT', 'start_agent'],
  ['typing', 'user_typing'],
  ['thread', 'thread_update'],
  ['error', 'error_message'],
  ['system', 'system_message'],
  ['factory_connection_established', 'connection_established'],
  ['isolated_connection_established', 'connection_established'],
  ['legacy_connection_established', 'connection_established'],
  ['legacy_response', 'agent_response'],
  ['legacy_heartbeat', 'heartbeat'],
]);

export function isWireType(type: unknown): type is WireType {
  return typeof type === 'string' && WIRE_TYPES.has(type);
}

/**
 * The wire type of a received type: itself, or what a legacy name stands for. Case-sensitive.
 * Throws `TypeError` for anything but a string and `RangeError` for a name that is in neither table: there is no default.
 */
export function normaliseType(received: unknown): WireType {
  if (typeof received !== 'string') throw new TypeError(`A message type is a string, not ${typeof received}`);
  if (isWireType(received)) return received;
  const wireType = LEGACY_TYPES.get(received);
  if (wireType === undefined) throw new RangeError(`Unknown message type ${JSON.stringify(received)}`);
  return wireType;
}
