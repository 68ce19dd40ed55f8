import { expect, it } from 'vitest';
import { MessageQueue } from '../../../src/queue/message_queue';

it('gives each job to the consumer of its topic', async () => {
  const queue = new MessageQueue();
  const mailed: unknown[] = [];
  queue.register_handler('mail', ({ body }) => void mailed.push(body.to));
  queue.publish('mail', { to: 'ann' });
  expect(await queue.drain()).toBe(1);
  expect(mailed).toEqual(['ann']);
  expect(queue.get_stats()).toEqual({ waiting: 0, processed: 1, dead: 0 });
});

it('tries again, and puts away what fails too often', async () => {
  const queue = new MessageQueue(2);
  queue.register_handler('mail', () => Promise.reject(new Error('smtp')));
  queue.publish('mail', {});
  expect(await queue.drain()).toBe(0);
  expect(queue.dead_letters).toMatchObject([{ topic: 'mail', attempts: 2 }]);
});

it('has one consumer per topic', () => {
  const queue = new MessageQueue();
  queue.register_handler('mail', () => {});
  expect(() => queue.register_handler('mail', () => {})).toThrow('has a consumer already');
});
