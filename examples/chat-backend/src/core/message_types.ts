const KNOWN_TYPES: ReadonlySet<string> = new Set([
  'connect',
  'disconnect',
  'heartbeat',
  'heartbeat_ack',
  'ping',
  'pong',
  'user_message',
  'chat',
  'system_message',
  'error_message',
  'user_typing',
  'typing_started',
  'typing_stopped',
  'agent_request',
  'start_agent',
  'agent_response',
  'agent_status_update',
  'agent_error',
  'thread_update',
  'thread_message',
  'broadcast',
  'direct_message',
  'room_message',
]);

/** Names from before protocol 2; the iOS app still sends some of them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['message', 'user_message'],
  ['chat_message', 'user_message'],
  ['user_input', 'user_message'],
  ['typing', 'user_typing'],
  ['thread', 'thread_update'],
  ['agent', 'agent_request'],
  ['execute_agent', 'start_agent'],
]);

export function is_known_type(type: string): boolean {
  return KNOWN_TYPES.has(type);
}

export function resolve_alias(type: string): string {
  return ALIASES.get(type) ?? type;
}
