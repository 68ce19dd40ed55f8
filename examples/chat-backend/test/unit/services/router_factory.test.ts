import { expect, it, vi } from 'vitest';
import type { AgentRunner } from '@/agents/agent_runner';
import { PluginHost } from '@/plugins/plugin_host';
import { ConnectionManager } from '@/services/websocket/connection_manager';
import { create_socket_router, socket_router_factory } from '@/services/websocket/router_factory';
import { ThreadService } from '@/threads/thread_service';
import { ThreadStore } from '@/threads/thread_store';

// Only the wiring is of interest here.
vi.mock('@/services/websocket/message_router', () => ({
  MessageRouter: class {
    readonly handlers: unknown[] = [];
    register_handler = (handler: unknown) => void this.handlers.push(handler);
    insert_handler = (handler: unknown) => void this.handlers.unshift(handler);
  },
}));

const services = {
  threads: new ThreadService(new ThreadStore()),
  agents: {} as AgentRunner,
  connections: new ConnectionManager(),
  plugins: new PluginHost(),
  max_message_length: 100,
};

it('wires what the chat channel understands, typing first', () => {
  const names = create_socket_router(services).handlers.map((handler) => handler.constructor.name);
  expect(names.slice(0, 4)).toEqual(['TypingHandler', 'UserMessageHandler', 'ThreadHandler', 'AgentRequestHandler']);
});

it('makes a new router each time', () => {
  const create = socket_router_factory(services);
  expect(create()).not.toBe(create());
});
