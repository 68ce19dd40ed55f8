import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { create_error_message, type MessageHandler, MessageRouter } from '@/services/websocket/message_router';
import { FakeConnection } from '../../support/fakes';

class ChatHandler implements MessageHandler {
  readonly texts: unknown[] = [];

  constructor(private readonly result = true) {}

  canHandle(type: string): boolean {
    return type === 'chat';
  }

  async handleMessage(...[, message]: Parameters<MessageHandler['handleMessage']>): Promise<boolean> {
    this.texts.push(message.payload.text);
    return this.result;
  }
}

class GreedyHandler extends ChatHandler {
  override canHandle(): boolean {
    return true;
  }
}

describe('MessageRouter (websocket)', () => {
  let router: MessageRouter;
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    router = new MessageRouter();
    connection = new FakeConnection();
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks custom handlers before its own, in the order of registration', () => {
    router.register_handler(new ChatHandler());
    router.register_handler(new GreedyHandler());
    const order = router.get_handler_order();
    expect(order.slice(0, 2)).toEqual(['ChatHandler', 'GreedyHandler']);
    expect(order).toContain('HeartbeatHandler');
    expect(order).toHaveLength(router.handler_count);
  });

  it('inserts at the front unless told otherwise', () => {
    router.register_handler(new ChatHandler());
    router.insert_handler(new GreedyHandler());
    router.insert_handler(new ChatHandler(), 1);
    expect(router.get_handler_order().slice(0, 3)).toEqual(['GreedyHandler', 'ChatHandler', 'ChatHandler']);
  });

  it('removes the very handler, and shrugs at a stranger', () => {
    const handler = new ChatHandler();
    const { handler_count } = router;
    router.register_handler(handler);
    router.remove_handler(new ChatHandler());
    expect(router.handlers).toContain(handler);
    router.remove_handler(handler);
    expect(router.handler_count).toBe(handler_count);
  });

  it('runs the first handler that can, and only that', async () => {
    const first = new ChatHandler();
    const second = new GreedyHandler();
    router.register_handler(first);
    router.register_handler(second);
    expect(await router.route_message('ann', connection, { type: 'chat', payload: { text: 'hi' } })).toBe(true);
    expect([first.texts, second.texts]).toEqual([['hi'], []]);
  });

  it('passes on what the handler says', async () => {
    router.register_handler(new ChatHandler(false));
    expect(await router.route_message('ann', connection, { type: 'chat' })).toBe(false);
    expect(router.get_stats().handler_errors).toBe(0);
  });

  it.each([
    ['ping', 'pong'],
    ['heartbeat', 'heartbeat_ack'],
    ['connect', 'system_message'],
    ['moon_phase', 'ack'],
  ])('answers %s with %s', async (type, reply) => {
    expect(await router.route_message('ann', connection, { type })).toBe(true);
    expect(connection.sent.map((event) => event.type)).toEqual([reply]);
  });

  it('counts by type, but not what nobody knows', async () => {
    for (const type of ['ping', 'ping', 'moon_phase']) await router.route_message('ann', connection, { type });
    const stats = router.get_stats();
    expect(stats).toMatchObject({ messages_routed: 3, unhandled_messages: 1, message_types: { ping: 2 } });
    expect(stats.handler_order[0]).toBe('[0] ConnectionHandler');
  });

  it('counts handlers that throw', async () => {
    router.register_handler({
      canHandle: () => true,
      handleMessage: () => Promise.reject(new Error('boom')),
    });
    expect(await router.route_message('ann', connection, { type: 'chat' })).toBe(false);
    expect(router.get_stats().handler_errors).toBe(1);
  });

  it('has ten seconds to start', () => {
    expect(router.get_handler_status()).toMatchObject({ status: 'initializing', grace_period_active: true });
    vi.advanceTimersByTime(10_000);
    expect(router.get_handler_status()).toMatchObject({ status: 'ready', elapsed_seconds: 10 });
  });

  it('refuses the kind of handler that the other router takes', () => {
    const handler = () => true;
    // @ts-expect-error this router takes objects; the one in src/core takes functions
    expect(() => router.register_handler(handler)).toThrow(TypeError);
  });
});

it('makes error replies', () => {
  expect(create_error_message('NOT_FOUND', 'No such thread')).toMatchObject({
    type: 'error_message',
    error_code: 'NOT_FOUND',
    error_message: 'No such thread',
    details: {},
  });
});
