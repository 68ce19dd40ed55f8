import { describe, expect, test, vi } from 'vitest';
import { handlerFor, MessageRouter, type RouteContext, WIRE_TYPES } from '../../src/router/index.ts';
import {
  contextOf,
  Declared,
  Dynamic,
  ManualClock,
  RecordingConnection,
  RecordingLogger,
} from './support/router-parts.ts';

const NOW = 1_700_000_000_000;

function setUp() {
  const logger = new RecordingLogger();
  const connection = new RecordingConnection();
  const router = new MessageRouter({ builtInHandlers: [], logger, now: new ManualClock(NOW).now });
  return { router, logger, connection, context: contextOf('alice', connection) };
}

describe('which handler runs', () => {
  test('the first that can, and no other', async () => {
    const { router, context } = setUp();
    const [no, yes, late] = [new Dynamic('no', ['ping']), new Dynamic('yes', ['chat']), new Dynamic('late', ['chat'])];
    for (const handler of [no, yes, late]) router.addHandler(handler);
    expect(await router.routeMessage(context, { type: 'chat' })).toBe(true);
    expect([no, yes, late].map(({ messages }) => messages.length)).toEqual([0, 1, 0]);
  });

  test('declared and dynamic handlers are asked in one order', async () => {
    const { router, context } = setUp();
    const dynamic = new Dynamic('dynamic', ['chat', 'ping']);
    const before = new Declared('before', ['ping']);
    const after = new Declared('after', ['chat']);
    for (const handler of [before, dynamic, after]) router.addHandler(handler);
    await router.routeMessage(context, { type: 'ping' });
    await router.routeMessage(context, { type: 'chat' });
    expect([before, dynamic, after].map(({ messages }) => messages.length)).toEqual([1, 1, 0]);
  });

  test('a handler that declares its types is asked for no other', async () => {
    const { router, context } = setUp();
    const others = Array.from({ length: 50 }, (_, i) => new Declared(`h${i}`, ['ping', `own_${i}`]));
    for (const handler of others) router.addHandler(handler);
    const wanted = new Declared('wanted', ['chat']);
    router.addHandler(wanted);
    await router.routeMessage(context, { type: 'chat' });
    expect(wanted.messages).toHaveLength(1);
    expect(others.reduce((sum, { asked }) => sum + asked, 0)).toBe(0);
  });

  test('a declared type still needs canHandle to accept it', async () => {
    const { router, context } = setUp();
    const reluctant = { supportedTypes: ['chat'], canHandle: () => false, handleMessage: () => true };
    const willing = new Declared('willing', ['chat']);
    router.addHandler(reluctant);
    router.addHandler(willing);
    await router.routeMessage(context, { type: 'chat' });
    expect(willing.messages).toHaveLength(1);
  });

  test('a canHandle that throws is reported and passed over', async () => {
    const { router, context, logger } = setUp();
    const error = new Error('broken');
    const broken = {
      name: 'broken',
      canHandle: () => {
        throw error;
      },
      handleMessage: () => true,
    };
    const next = new Dynamic('next', ['chat']);
    router.addHandler(broken);
    router.addHandler(next);
    expect(await router.routeMessage(context, { type: 'chat' })).toBe(true);
    expect(next.messages).toHaveLength(1);
    expect(logger.errors).toEqual([{ message: 'broken.canHandle() threw; it is passed over', error }]);
    expect(router.getStats().handler_errors).toBe(0);
  });
});

describe('what a handler says', () => {
  test('false is passed on and is no error', async () => {
    const { router, context } = setUp();
    router.addHandler(new Dynamic('no', ['chat'], false));
    expect(await router.routeMessage(context, { type: 'chat' })).toBe(false);
    expect(router.getStats().handler_errors).toBe(0);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('no');
      },
    ],
  ])('one that %s counts as an error, is reported, and gives false', async (_, handleMessage) => {
    const { router, context, logger } = setUp();
    router.addHandler({ name: 'failing', canHandle: () => true, handleMessage });
    expect(await router.routeMessage(context, { type: 'chat' })).toBe(false);
    expect(router.getStats()).toMatchObject({ handler_errors: 1, unhandled_messages: 0, messages_routed: 1 });
    expect(logger.errors).toEqual([{ message: 'failing.handleMessage() threw', error: new Error('no') }]);
  });

  test('a logger that throws ends no message, and both errors reach the console', async () => {
    const toConsole = vi.spyOn(console, 'error').mockImplementation(() => {});
    const error = new Error('disk full');
    const broken = () => {
      throw error;
    };
    const router = new MessageRouter({ builtInHandlers: [], logger: { warn: broken, error: broken } });
    expect(await router.routeMessage(contextOf('u'), { type: 'chat' })).toBe(true);
    const told = expect.objectContaining({ error, message: 'No handler takes the message' });
    expect(toConsole).toHaveBeenCalledWith('[message-router] the logger threw', told);
    toConsole.mockRestore();
  });
});

describe('the context', () => {
  test("is that of the sender, so two users' messages never meet in one handler", async () => {
    const { router } = setUp();
    const handler = new Dynamic('shared', ['chat']);
    router.addHandler(handler);
    const [alice, bob] = [contextOf('alice'), contextOf('bob')];
    await Promise.all(
      [alice, bob].map((context) => router.routeMessage(context, { type: 'chat', user_id: 'mallory' })),
    );
    expect(handler.contexts).toEqual([alice, bob]);
    expect(handler.contexts[1]).toBe(bob);
  });

  test("carries the application's own fields", async () => {
    interface Tenant extends RouteContext {
      readonly tenant: string;
    }
    const router = new MessageRouter<Tenant>({ builtInHandlers: [] });
    const tenants: string[] = [];
    router.addHandler(handlerFor('chat', ({ tenant }: Tenant) => void tenants.push(tenant)));
    await router.routeMessage({ ...contextOf('u'), tenant: 'acme' }, { type: 'chat' });
    expect(tenants).toEqual(['acme']);
  });
});

describe('the message', () => {
  test('has the fields that the client sent and its payload', async () => {
    const { router, context } = setUp();
    const handler = new Dynamic('h', ['chat']);
    router.addHandler(handler);
    const ids = { message_id: 'm', user_id: 'u', thread_id: 't' };
    await router.routeMessage(context, { type: 'chat', payload: { a: 1 }, timestamp: 12.5, ...ids, extra: true });
    expect(handler.messages).toEqual([{ type: 'chat', payload: { a: 1 }, timestamp: 12.5, ...ids }]);
  });

  test('is its own payload when it has none', async () => {
    const { router, context } = setUp();
    const handler = new Dynamic('h', ['chat']);
    router.addHandler(handler);
    const message = { type: 'chat', text: 'hi' };
    await router.routeMessage(context, message);
    expect(handler.messages[0]?.payload).toEqual(message);
  });

  test.each([
    [1_600_000_000, 1_600_000_000],
    ['1600000000.25', 1_600_000_000.25],
    ['2020-09-13T12:26:40Z', 1_600_000_000],
    ['yesterday', NOW / 1000],
    ['', NOW / 1000],
    [Number.NaN, NOW / 1000],
    [Number.POSITIVE_INFINITY, NOW / 1000],
    ['Infinity', NOW / 1000],
    [{}, NOW / 1000],
    [undefined, NOW / 1000],
  ])('with timestamp %j is dated %d', async (timestamp, seconds) => {
    const { router, context } = setUp();
    const handler = new Dynamic('h', ['chat']);
    router.addHandler(handler);
    await router.routeMessage(context, { type: 'chat', timestamp });
    expect(handler.messages[0]?.timestamp).toBe(seconds);
  });

  test.each([
    ['chat_message', 'user_message'],
    ['EXECUTE_AGENT', 'start_agent'],
    ['legacy_heartbeat', 'heartbeat'],
  ])('of the legacy type %s is routed as %s', async (legacy, type) => {
    const { router, context } = setUp();
    const handler = new Declared('h', [type]);
    router.addHandler(handler);
    await router.routeMessage(context, { type: legacy });
    expect(handler.messages.map((message) => message.type)).toEqual([type]);
    expect(router.getStats().message_types).toEqual({ [type]: 1 });
  });

  test('of every wire type keeps its type', async () => {
    const { router, context } = setUp();
    const handler = new Dynamic('all', [...WIRE_TYPES]);
    router.addHandler(handler);
    for (const type of WIRE_TYPES) await router.routeMessage(context, { type });
    expect(handler.messages.map(({ type }) => type)).toEqual([...WIRE_TYPES]);
  });

  test.each([
    ['jsonrpc_request', { jsonrpc: '2.0', method: 'sum', id: 1 }],
    ['jsonrpc_request', { jsonrpc: '2.0', method: 'sum', id: null }],
    ['jsonrpc_notification', { jsonrpc: '2.0', method: 'sum', payload: { a: 1 } }],
    ['jsonrpc_response', { jsonrpc: '2.0', result: null, id: 1 }],
    ['jsonrpc_response', { jsonrpc: '2.0', error: { code: -32600 }, id: null }],
    ['jsonrpc_request', { jsonrpc: '2.0', method: 'sum', id: 1, type: 'chat' }],
  ])('that is JSON-RPC is a %s before its type is looked at: %j', async (type, message) => {
    const { router, context } = setUp();
    const handler = new Declared('rpc', ['jsonrpc_request', 'jsonrpc_response', 'jsonrpc_notification']);
    router.addHandler(handler);
    expect(await router.routeMessage(context, message)).toBe(true);
    expect(handler.messages).toEqual([{ type, payload: message, timestamp: NOW / 1000 }]);
  });

  test.each([{ jsonrpc: '1.0', method: 'sum' }, { jsonrpc: '2.0' }, { method: 'sum', id: 1 }])(
    'that only looks like JSON-RPC is not: %j',
    async (message) => {
      const { router, context, connection } = setUp();
      expect(await router.routeMessage(context, message)).toBe(false);
      expect(connection.sent).toMatchObject([{ error_code: 'INVALID_MESSAGE' }]);
    },
  );
});

describe('a message that no handler takes', () => {
  test('of unknown type is acknowledged and counted, but not by type', async () => {
    const { router, context, connection } = setUp();
    router.addHandler(new Dynamic('greedy', ['made_up']));
    expect(await router.routeMessage(context, { type: 'made_up' })).toBe(true);
    const ack = {
      type: 'ack',
      received_type: 'made_up',
      timestamp: NOW / 1000,
      user_id: 'alice',
      status: 'acknowledged',
    };
    expect(connection.sent).toEqual([ack]);
    expect(router.getStats()).toMatchObject({ messages_routed: 1, unhandled_messages: 1, message_types: {} });
  });

  test.each(['constructor', '__proto__', 'toString', 'CHAT'])('of type %s is unknown like any other', async (type) => {
    const { router, context, connection } = setUp();
    await router.routeMessage(context, { type });
    expect(connection.sent).toMatchObject([{ type: 'ack', received_type: type }]);
  });

  test('of unknown type gives what the connection says of the acknowledgement', async () => {
    const { router } = setUp();
    expect(await router.routeMessage(contextOf('u', new RecordingConnection(false)), { type: 'made_up' })).toBe(false);
  });

  test('of unknown type on a connection that throws gives false and is reported', async () => {
    const { router, logger } = setUp();
    const error = new Error('closed');
    const connection = { id: 'c', send: () => Promise.reject(error) };
    expect(await router.routeMessage({ userId: 'u', connection }, { type: 'made_up' })).toBe(false);
    expect(logger.errors).toEqual([{ message: 'A reply was not sent', error }]);
  });

  test('of a known type is taken in, with a warning', async () => {
    const { router, context, connection, logger } = setUp();
    expect(await router.routeMessage(context, { type: 'chat' })).toBe(true);
    expect(connection.sent).toEqual([]);
    expect(logger.warnings).toEqual(['No handler takes the message']);
    const counts = { messages_routed: 1, unhandled_messages: 1, message_types: { chat: 1 } };
    expect(router.getStats()).toMatchObject(counts);
  });

  test.each([
    null,
    'text',
    7,
    [],
    {},
    { type: 1 },
    { type: '' },
    { type: 'chat', payload: 'text' },
    { type: 'chat', payload: [] },
  ])('and is no message is answered with an error: %j', async (received) => {
    const { router, context, connection } = setUp();
    router.addHandler(new Dynamic('h', ['chat']));
    expect(await router.routeMessage(context, received)).toBe(false);
    expect(connection.sent).toMatchObject([{ type: 'error_message', error_code: 'INVALID_MESSAGE', details: {} }]);
    expect(router.getStats()).toMatchObject({ messages_routed: 1, unhandled_messages: 1, message_types: {} });
  });

  test("an inherited type is not the message's own", async () => {
    const { router, context, connection } = setUp();
    await router.routeMessage(context, Object.create({ type: 'chat' }));
    expect(connection.sent).toMatchObject([{ error_code: 'INVALID_MESSAGE' }]);
  });
});

describe("an application's own type", () => {
  test('is known once a handler declares it', async () => {
    const { router, context, connection } = setUp();
    const handler = new Declared('own', ['validate_content']);
    router.addHandler(handler);
    expect(await router.routeMessage(context, { type: 'validate_content' })).toBe(true);
    expect(handler.messages).toHaveLength(1);
    router.removeHandler(handler);
    await router.routeMessage(context, { type: 'validate_content' });
    expect(connection.sent).toMatchObject([{ type: 'ack', received_type: 'validate_content' }]);
  });

  test('may be a legacy name: declared, it is not rewritten', async () => {
    const { router, context } = setUp();
    const types: string[] = [];
    router.addHandler(handlerFor('thread', (_, { type }) => void types.push(type)));
    router.addHandler(handlerFor('thread_update', (_, { type }) => void types.push(type)));
    await router.routeMessage(context, { type: 'thread' });
    await router.routeMessage(context, { type: 'thread_update' });
    expect(types).toEqual(['thread', 'thread_update']);
  });
});
