import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientSocket, MessageRouter, type RouteContext } from '../../../src/core/message_router';
import { FakeConnection } from '../../support/fakes';

const context_of = (userId: string, connection: ClientSocket = new FakeConnection()): RouteContext => ({
  userId,
  connection,
});

describe('MessageRouter (core)', () => {
  let router: MessageRouter;

  beforeEach(() => {
    router = new MessageRouter();
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });

  it('gives a message to the function of its type', async () => {
    const handler = vi.fn();
    router.register_handler('user_message', handler);
    const context = context_of('ann');
    expect(await router.route_message(context, { type: 'user_message', payload: { text: 'hi' } })).toBe(true);
    expect(handler).toHaveBeenCalledWith(context, expect.objectContaining({ payload: { text: 'hi' } }));
  });

  it('understands the names that old clients send', async () => {
    const handler = vi.fn();
    router.add_route('user_message', handler);
    await router.route_message(context_of('ann'), { type: 'chat_message', text: 'hi' });
    expect(handler).toHaveBeenCalledOnce();
  });

  it('prefers the higher priority, and the older one of equals', async () => {
    const calls: string[] = [];
    router.register_handler('chat', () => void calls.push('plain'));
    router.register_handler('chat', () => void calls.push('first of two'), 5);
    router.register_handler('chat', () => void calls.push('second of two'), 5);
    await router.route_message(context_of('ann'), { type: 'chat' });
    expect(calls).toEqual(['first of two']);
  });

  it('lets middleware change and drop messages, in order', async () => {
    const texts: unknown[] = [];
    router.register_handler('chat', (_context, message) => void texts.push(message.payload.text));
    router.add_middleware((message) => ({ ...message, payload: { text: `${message.payload.text}!` } }));
    router.add_middleware(async (message) => (message.payload.text === 'spam!' ? null : message));
    expect(await router.route_message(context_of('ann'), { type: 'chat', payload: { text: 'hi' } })).toBe(true);
    expect(await router.route_message(context_of('ann'), { type: 'chat', payload: { text: 'spam' } })).toBe(false);
    expect(texts).toEqual(['hi!']);
  });

  it('acknowledges what nobody knows', async () => {
    const connection = new FakeConnection();
    expect(await router.route_message(context_of('ann', connection), { type: 'moon_phase' })).toBe(true);
    expect(connection.sent).toEqual([
      expect.objectContaining({ type: 'ack', received_type: 'moon_phase', user_id: 'ann', status: 'acknowledged' }),
    ]);
  });

  it.each([null, 'chat', 42, {}, { type: 7 }, { type: 'chat', payload: 'text' }])('refuses %j', async (frame) => {
    expect(await router.route_message(context_of('ann'), frame)).toBe(false);
  });

  it('survives a handler that throws', async () => {
    router.register_handler('chat', () => {
      throw new Error('boom');
    });
    expect(await router.route_message(context_of('ann'), { type: 'chat' })).toBe(false);
    expect(router.get_statistics().production_stats.handler_errors).toBe(1);
  });

  it('counts', async () => {
    router.add_middleware((message) => message);
    router.add_route('chat', () => true);
    await router.route_message(context_of('ann'), { type: 'chat' });
    await router.route_message(context_of('bob'), { type: 'moon_phase' });
    expect(router.get_statistics()).toMatchObject({
      total_messages: 2,
      active_routes: 1,
      middleware_count: 1,
      active: true,
      production_stats: { messages_routed: 2, unhandled_messages: 1, handler_errors: 0 },
    });
    expect(router.get_route_count()).toBe(1);
  });

  it('refuses what is no function', () => {
    // @ts-expect-error the handler of a route is a function
    expect(() => router.register_handler('chat', {})).toThrow(TypeError);
  });
});
