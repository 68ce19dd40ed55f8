import type { PluginHost } from './plugin_host';

/**
 * Loads what `plugins/*.json` describes. First-generation plugins bring their own registry, which may be a router, a
 * host, or something that a customer wrote, so the payload has no type.
 */
export function load_plugin(host: PluginHost, payload: any): void {
  if (payload.generation === 1) {
    for (const [type, handler] of Object.entries(payload.handlers ?? {})) {
      payload.registry.register_handler(type, handler);
    }
  } else {
    for (const word of payload.blocked_words ?? []) {
      host.register_handler('before_send', (text) => text.replaceAll(word, '*'.repeat(word.length)));
    }
  }
  host.loaded.push(payload.name);
}
