import { expect, it, vi } from 'vitest';
import { WebhookDispatcher } from '../../../src/webhooks/webhook_dispatcher';

it('calls everyone who registered, whatever the others do', async () => {
  const dispatcher = new WebhookDispatcher();
  const handler = vi.fn(() => true);
  dispatcher.register_handler('deploy', () => Promise.reject(new Error('down')));
  dispatcher.register_handler('deploy', handler);
  expect(await dispatcher.dispatch('deploy', { version: 3 })).toBe(1);
  expect(handler).toHaveBeenCalledWith({ event: 'deploy', body: { version: 3 } });
});

it('forgets a handler when asked to', async () => {
  const dispatcher = new WebhookDispatcher();
  const unregister = dispatcher.register_handler('deploy', () => true);
  unregister();
  expect(await dispatcher.dispatch('deploy', {})).toBe(0);
});
