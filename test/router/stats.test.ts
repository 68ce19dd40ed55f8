import { expect, test } from 'vitest';
import { handlerFor, MessageRouter } from '../../src/router/index.ts';
import { contextOf, Declared, ManualClock, RecordingLogger } from './support/router-parts.ts';

test('a new router counts nothing and shows its built-in handlers', () => {
  const router = new MessageRouter({ now: new ManualClock(0).now });
  expect(router.getStats()).toEqual({
    messages_routed: 0,
    unhandled_messages: 0,
    handler_errors: 0,
    message_types: {},
    handler_stats: { ConnectionHandler: { status: 'active' }, HeartbeatHandler: { status: 'active' } },
    handler_order: ['[0] ConnectionHandler', '[1] HeartbeatHandler'],
    handler_count: 2,
    handler_status: router.getHandlerStatus(),
  });
});

test('handlers report by name, and a name that comes again is numbered', () => {
  const router = new MessageRouter({ builtInHandlers: [] });
  router.addHandler(Object.assign(new Declared('typed', []), { getStats: () => ({ processed: 3 }) }));
  router.addHandler(handlerFor('chat', () => {}));
  router.addHandler(handlerFor('chat', () => {}));
  const active = { status: 'active' };
  expect(router.getStats().handler_stats).toEqual({
    typed: { processed: 3 },
    'TypeHandler(chat)': active,
    'TypeHandler(chat) #2': active,
  });
});

test('a handler whose getStats throws is reported and the others are shown', () => {
  const logger = new RecordingLogger();
  const error = new Error('no');
  const getStats = () => {
    throw error;
  };
  const broken = Object.assign(new Declared('broken', []), { getStats });
  const router = new MessageRouter({ builtInHandlers: [broken, new Declared('fine', [])], logger });
  expect(router.getStats().handler_stats).toEqual({ broken: { status: 'error' }, fine: { status: 'active' } });
  expect(logger.errors).toEqual([{ message: 'broken.getStats() threw', error }]);
});

test('clients cannot make the statistics grow', async () => {
  const router = new MessageRouter({ logger: new RecordingLogger() });
  for (let i = 0; i < 500; i++) await router.routeMessage(contextOf('u'), { type: `type_${i}` });
  const { messages_routed, unhandled_messages, message_types } = router.getStats();
  expect([messages_routed, unhandled_messages, message_types]).toEqual([500, 500, {}]);
});

test('getStatistics has the shape of the old core router', async () => {
  const router = new MessageRouter({ now: new ManualClock(0).now });
  router.addHandler(handlerFor('chat', () => {}));
  router.addMiddleware((message) => message);
  await router.routeMessage(contextOf('u'), { type: 'chat' });
  expect(router.getStatistics()).toEqual({
    total_messages: 1,
    active_routes: 1,
    middleware_count: 1,
    dropped_messages: 0,
    active: true,
    production_stats: { messages_routed: 1, unhandled_messages: 0, handler_errors: 0 },
  });
  expect(new MessageRouter({ builtInHandlers: [] }).getStatistics().active).toBe(false);
});

test('inside the grace period the router is initializing, with or without handlers', () => {
  const clock = new ManualClock(5_000);
  const router = new MessageRouter({ builtInHandlers: [], now: clock.now });
  clock.milliseconds = 14_999;
  const initializing = { status: 'initializing', elapsed_seconds: 9.999, grace_period_active: true };
  expect(router.getHandlerStatus()).toMatchObject({ ...initializing, handler_count: 0 });
  router.addHandler(new Declared('a', []));
  expect(router.getHandlerStatus()).toMatchObject({ ...initializing, handler_count: 1 });
});

test('after the grace period it is ready, or in error without a handler', () => {
  const clock = new ManualClock(0);
  const router = new MessageRouter({ builtInHandlers: [], now: clock.now });
  clock.milliseconds = 10_000;
  expect(router.getHandlerStatus()).toEqual({
    status: 'error',
    message: 'No handler is registered',
    handler_count: 0,
    elapsed_seconds: 10,
    grace_period_active: false,
  });
  router.addHandler(new Declared('a', []));
  expect(router.getHandlerStatus()).toEqual({
    status: 'ready',
    message: '1 handlers registered',
    handler_count: 1,
    elapsed_seconds: 10,
    grace_period_active: false,
    handlers: ['a'],
  });
});

test('the grace period can be set', () => {
  const clock = new ManualClock(0);
  const router = new MessageRouter({ now: clock.now, gracePeriodMs: 100 });
  clock.milliseconds = 100;
  expect(router.getHandlerStatus().status).toBe('ready');
});
