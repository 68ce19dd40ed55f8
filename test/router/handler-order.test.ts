import { describe, expect, test } from 'vitest';
import { handlerFor, type MessageHandler, MessageRouter } from '../../src/router/index.ts';
import { contextOf, Declared, Dynamic, RecordingLogger } from './support/router-parts.ts';

function routerWith(...builtInHandlers: MessageHandler[]) {
  const logger = new RecordingLogger();
  return { router: new MessageRouter({ builtInHandlers, logger }), logger };
}

describe('order', () => {
  test('custom handlers come before built-in ones, in the order in which they were added', () => {
    const { router } = routerWith(new Dynamic('built-in', []));
    router.addHandler(new Dynamic('first', []));
    router.addHandler(new Dynamic('second', []));
    expect(router.getHandlerOrder()).toEqual(['first', 'second', 'built-in']);
    expect(router.handlerCount).toBe(3);
  });

  test('without options the built-in handlers are connection and heartbeat', () => {
    expect(new MessageRouter().getHandlerOrder()).toEqual(['ConnectionHandler', 'HeartbeatHandler']);
  });

  test('the names in the order are class names unless a handler has its own', () => {
    class PresenceHandler {
      canHandle = () => false;
      handleMessage = () => true;
    }
    const { router } = routerWith(new PresenceHandler(), new Dynamic('own', []), {
      canHandle: () => false,
      handleMessage: () => true,
    });
    expect(router.getHandlerOrder()).toEqual(['PresenceHandler', 'own', 'Object']);
  });

  test.each([
    [undefined, ['new', 'a', 'b', 'built-in']],
    [1, ['a', 'new', 'b', 'built-in']],
    [99, ['a', 'b', 'new', 'built-in']],
    [-5, ['new', 'a', 'b', 'built-in']],
    [Number.NaN, ['new', 'a', 'b', 'built-in']],
  ])('a handler inserted at %s stands among the custom ones only', (index, order) => {
    const { router } = routerWith(new Dynamic('built-in', []));
    router.addHandler(new Dynamic('a', []));
    router.addHandler(new Dynamic('b', []));
    router.insertHandler(new Dynamic('new', []), index);
    expect(router.getHandlerOrder()).toEqual(order);
  });

  test('higher priorities come first and equal ones keep their order', () => {
    const { router } = routerWith();
    const add = (type: string, priority?: number) => router.addHandler(handlerFor(type, () => {}, priority));
    add('ping');
    add('pong', 5);
    add('chat', -1);
    add('connect', 5);
    add('disconnect');
    const order = ['pong', 'connect', 'ping', 'disconnect', 'chat'];
    expect(router.getHandlerOrder()).toEqual(order.map((type) => `TypeHandler(${type})`));
  });

  test('the list of handlers is a copy', () => {
    const { router } = routerWith(new Dynamic('a', []));
    (router.handlers as MessageHandler[]).length = 0;
    expect(router.handlerCount).toBe(1);
  });
});

describe('removal', () => {
  test('takes away the very object, among the custom ones first', () => {
    const twice = new Dynamic('twice', []);
    const { router } = routerWith(twice, new Dynamic('other', []));
    router.addHandler(twice);
    expect(router.removeHandler(twice)).toBe(true);
    expect(router.getHandlerOrder()).toEqual(['twice', 'other']);
    expect(router.removeHandler(twice)).toBe(true);
    expect(router.getHandlerOrder()).toEqual(['other']);
  });

  test('of an absent handler warns and goes on', () => {
    const { router, logger } = routerWith(new Dynamic('a', []));
    expect(router.removeHandler(new Dynamic('a', []))).toBe(false);
    expect(router.handlerCount).toBe(1);
    expect(logger.warnings).toEqual(['removeHandler: the handler is not registered']);
  });

  test('takes effect for the next message', async () => {
    const first = new Declared('first', ['chat']);
    const second = new Declared('second', ['chat']);
    const { router } = routerWith(first, second);
    await router.routeMessage(contextOf('u'), { type: 'chat' });
    router.removeHandler(first);
    await router.routeMessage(contextOf('u'), { type: 'chat' });
    expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
  });
});

describe('what is refused', () => {
  const refused: [string, unknown, RegExp][] = [
    ['a bare function', () => true, /not the function .*handlerFor\(type, fn\)/],
    ['null', null, /method canHandle; null has none/],
    ['no handleMessage', { canHandle: () => true }, /method handleMessage; an object of class Object has none/],
    ['canHandle that is no function', { canHandle: true, handleMessage: () => true }, /method canHandle/],
  ];

  test.each(refused)('%s is refused with a TypeError wherever a handler is given', (_, handler, message) => {
    const { router } = routerWith();
    const wrong = handler as MessageHandler;
    for (const give of [
      () => router.addHandler(wrong),
      () => router.insertHandler(wrong, 0),
      () => new MessageRouter({ builtInHandlers: [wrong] }),
    ]) {
      expect(give).toThrow(TypeError);
      expect(give).toThrow(message);
    }
    expect(router.handlerCount).toBe(0);
  });

  test('an object with the two methods is a handler, whatever its class', async () => {
    const { router } = routerWith();
    router.addHandler({ canHandle: (type) => type === 'chat', handleMessage: () => true });
    expect(await router.routeMessage(contextOf('u'), { type: 'chat' })).toBe(true);
    expect(router.getStats().unhandled_messages).toBe(0);
  });
});
