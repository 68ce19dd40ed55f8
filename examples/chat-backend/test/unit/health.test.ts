import { expect, it, vi } from 'vitest';
import { MessageRouter as ControlRouter } from '@/core/message_router';
import { MessageRouter } from '@/services/websocket/message_router';
import { describe_order, health_of } from '../../src/health';
import { FakeConnection } from '../support/fakes';

it('says how many handlers and routes there are, and how much nobody understood', async () => {
  vi.useFakeTimers();
  const chat = new MessageRouter();
  const control = new ControlRouter();
  control.add_route('presence_query', () => true);
  await chat.route_message('ann', new FakeConnection(), { type: 'ping' });
  await chat.route_message('ann', new FakeConnection(), { type: 'moon_phase' });
  const { handler_count } = chat;
  expect(health_of(chat, control)).toEqual({
    status: 'initializing',
    handlers: handler_count,
    routes: 1,
    unhandled_ratio: 0.5,
  });
  vi.advanceTimersByTime(10_000);
  expect(health_of(chat, undefined)).toMatchObject({ status: 'ready', routes: 0 });
  vi.useRealTimers();
});

it('describes the order for the log', () => {
  expect(describe_order(new MessageRouter())).toContain('ConnectionHandler > HeartbeatHandler');
  expect(describe_order(null)).toBe('no router');
});
