import { expect, it } from 'vitest';
import { EventBus } from '../../../src/events/event_bus';

it('tells everyone who asked, in order, and nobody else', () => {
  const bus = new EventBus();
  const heard: string[] = [];
  bus.register_handler('user_joined', ({ user_id }) => void heard.push(`first ${user_id}`));
  bus.register_handler('user_joined', ({ user_id }) => void heard.push(`second ${user_id}`));
  bus.register_handler('user_left', () => void heard.push('left'));
  bus.emit('user_joined', { user_id: 'ann' });
  expect(heard).toEqual(['first ann', 'second ann']);
});
