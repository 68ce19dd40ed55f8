import { expect, test } from 'vitest';
import { isWireType, LEGACY_TYPES, normaliseType, WIRE_TYPES } from '../../src/router/index.ts';

test('the protocol has 46 types', () => {
  expect(WIRE_TYPES.size).toBe(46);
});

test('every wire type stands for itself', () => {
  expect([...WIRE_TYPES].map(normaliseType)).toEqual([...WIRE_TYPES]);
});

test.each([
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
])('the legacy name %s stands for %s', (legacy, type) => {
  expect(normaliseType(legacy)).toBe(type);
});

test('there are no other legacy names, and none is a wire type', () => {
  expect(LEGACY_TYPES.size).toBe(21);
  expect([...LEGACY_TYPES.keys()].filter(isWireType)).toEqual([]);
});

test.each(['', 'Ping', 'ping ', 'made_up', '__proto__', 'constructor'])('%j is unknown, not something else', (type) => {
  expect(() => normaliseType(type)).toThrow(RangeError);
});

test.each([undefined, null, 1, {}, ['ping']])('%j is no type', (type) => {
  expect(() => normaliseType(type)).toThrow(TypeError);
});
