import { expect, it } from 'vitest';
import { describe_component } from '../../../src/admin/admin_console';
import { PluginHost } from '../../../src/plugins/plugin_host';
import { load_plugin } from '../../../src/plugins/plugin_loader';
import { RecordingRegistry } from '../../support/recording_registry';

it('registers the handlers of first-generation plugins with their own registry', () => {
  const registry = new RecordingRegistry();
  const on_message = () => true;
  const host = new PluginHost();
  load_plugin(host, { name: 'crm', generation: 1, registry, handlers: { user_message: on_message } });
  expect(registry.registered.get('user_message')).toBe(on_message);
  expect(host.loaded).toEqual(['crm']);
});

it('hooks newer plugins into the host', () => {
  const host = new PluginHost();
  load_plugin(host, { name: 'words', generation: 2, blocked_words: ['darn'] });
  host.register_handler('before_send', (text) => text.toUpperCase());
  expect(host.apply('before_send', 'Oh darn it')).toBe('OH **** IT');
});

it('shows a registry in the console', () => {
  const registry = new RecordingRegistry();
  registry.register_handler('chat', () => true);
  expect(describe_component('crm', registry)).toBe('crm: 1 handlers\n  1. chat');
  expect(describe_component('nothing', {})).toBe('nothing: 0 handlers');
});
