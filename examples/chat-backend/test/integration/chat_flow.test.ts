import { beforeEach, expect, it } from 'vitest';
import { ChatApp } from '@/app';
import { OutboxMailer } from '@/notifications/notifier';
import { load_plugin } from '@/plugins/plugin_loader';
import { FakeClock, FakeSocket } from '../support/fakes';

let app: ChatApp;

beforeEach(() => {
  app = new ChatApp(undefined, new FakeClock().read);
  app.users.add('ann', 'Ann');
  app.users.add('bob', 'Bob');
  app.threads.create('ann', 'Launch', ['bob']);
});

const message = (type: string, payload: object) => JSON.stringify({ type, thread_id: 't1', payload });

it('carries a message from one user to the other', async () => {
  const [ann, bob] = [new FakeSocket(), new FakeSocket()];
  const session = await app.connect('ann', ann);
  await app.connect('bob', bob);
  await session.receive('chat', message('typing', {}));
  expect(await session.receive('chat', message('user_message', { text: 'Ready?' }))).toBe(true);
  expect(bob.types()).toEqual(['system_message', 'user_typing', 'thread_message']);
  expect(ann.sent.at(-1)).toMatchObject({ type: 'message_stored', data: { sequence: 1 } });
});

it('lets only the owner rename a thread', async () => {
  const [ann, bob] = [new FakeSocket(), new FakeSocket()];
  const [owner, member] = [await app.connect('ann', ann), await app.connect('bob', bob)];
  expect(await member.receive('chat', message('thread', { title: 'Mine' }))).toBe(false);
  expect(bob.sent.at(-1)).toMatchObject({ type: 'error_message', error_code: 'FORBIDDEN' });
  expect(await owner.receive('chat', message('thread', { title: 'Lift-off' }))).toBe(true);
});

it('answers a ping in the chat channel', async () => {
  const socket = new FakeSocket();
  const session = await app.connect('ann', socket);
  await session.receive('chat', '{"type":"ping"}');
  expect(socket.types().at(-1)).toBe('pong');
});

it('does not send to a tab that is closed', async () => {
  const [ann, bob] = [new FakeSocket(), new FakeSocket()];
  const session = await app.connect('ann', ann);
  await app.connect('bob', bob);
  bob.readyState = 3;
  expect(await session.receive('chat', message('user_message', { text: 'Hello?' }))).toBe(true);
  expect(bob.types()).toEqual(['system_message']);
});

it('censors what a plugin blocks', async () => {
  load_plugin(app.plugins, { name: 'words', generation: 2, blocked_words: ['darn'] });
  const session = await app.connect('ann', new FakeSocket());
  await session.receive('chat', message('chat', { text: 'darn it' }));
  expect(app.threads.history('t1', 'ann')).toMatchObject([{ text: '**** it' }]);
});

it('mails a digest to whoever left', async () => {
  const mailer = new OutboxMailer();
  const clock = new FakeClock();
  app = new ChatApp(undefined, clock.read, mailer);
  app.users.add('ann', 'Ann');
  app.users.add('bob', 'Bob');
  app.threads.create('ann', 'Launch', ['bob']);
  const [ann, bob] = [await app.connect('ann', new FakeSocket()), await app.connect('bob', new FakeSocket())];
  await app.disconnect(bob);
  await ann.receive('chat', message('user_message', { text: 'Ready?' }));
  clock.pass(3_600_000);
  await app.worker.tick();
  await app.queue.drain();
  expect(mailer.outbox).toEqual([{ user_id: 'bob', text: 'You missed something in Launch' }]);
});
