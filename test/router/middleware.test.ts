import { expect, test } from 'vitest';
import { MessageRouter, type Middleware } from '../../src/router/index.ts';
import { contextOf, Declared, RecordingConnection, RecordingLogger } from './support/router-parts.ts';

function setUp(...middleware: Middleware[]) {
  const logger = new RecordingLogger();
  const handler = new Declared('h', ['chat', 'user_message']);
  const router = new MessageRouter({ builtInHandlers: [handler], logger });
  for (const each of middleware) router.addMiddleware(each);
  const connection = new RecordingConnection();
  return { router, handler, logger, connection, context: contextOf('alice', connection) };
}

const mark =
  (text: string): Middleware =>
  (message) => ({ ...message, payload: { trail: `${message.payload.trail ?? ''}${text}` } });

test('middleware runs in the order of its registration, sync and async alike', async () => {
  const { router, handler, context } = setUp(mark('a'), async (...given) => mark('b')(...given), mark('c'));
  expect(await router.routeMessage(context, { type: 'chat', payload: {} })).toBe(true);
  expect(handler.messages[0]?.payload).toEqual({ trail: 'abc' });
});

test('middleware gets the context, and legacy types already rewritten', async () => {
  const seen: unknown[] = [];
  const { router, context } = setUp((message, given) => {
    seen.push(message.type, given.userId);
    return message;
  });
  await router.routeMessage(context, { type: 'chat_message' });
  expect(seen).toEqual(['user_message', 'alice']);
});

test('null drops the message: nothing after it runs', async () => {
  const late: string[] = [];
  const { router, handler, context } = setUp(
    () => null,
    (message) => {
      late.push(message.type);
      return message;
    },
  );
  expect(await router.routeMessage(context, { type: 'chat' })).toBe(false);
  expect([handler.messages, late]).toEqual([[], []]);
  expect(router.getStatistics()).toMatchObject({ total_messages: 1, dropped_messages: 1 });
  expect(router.getStats().message_types).toEqual({});
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
])('a middleware that %s drops the message and is reported', async (_, middleware) => {
  const { router, handler, logger, context } = setUp(middleware);
  expect(await router.routeMessage(context, { type: 'chat' })).toBe(false);
  expect(handler.messages).toEqual([]);
  expect(logger.errors).toEqual([{ message: 'A middleware threw; the message is dropped', error: new Error('no') }]);
  expect(router.getStatistics()).toMatchObject({ dropped_messages: 1, production_stats: { handler_errors: 0 } });
});

test('a middleware that returns something else drops the message and is reported', async () => {
  const { router, logger, context } = setUp((() => true) as unknown as Middleware);
  expect(await router.routeMessage(context, { type: 'chat' })).toBe(false);
  expect(logger.errors[0]?.error).toEqual(new TypeError('A middleware returns a message or null'));
});

test('a middleware sees unknown types before they are acknowledged, and may translate them', async () => {
  const { router, handler, context, connection } = setUp((message) => ({ ...message, type: 'message' }));
  expect(await router.routeMessage(context, { type: 'made_up' })).toBe(true);
  expect(handler.messages[0]?.type).toBe('user_message');
  expect(connection.sent).toEqual([]);
});

test('only functions are middleware', () => {
  expect(() => setUp({} as unknown as Middleware)).toThrow(TypeError);
});
