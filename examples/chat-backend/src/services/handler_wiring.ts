import type { AgentRunner } from '../agents/agent_runner';
import { AgentRequestHandler } from '../handlers/agent_request_handler';
import { ThreadHandler } from '../handlers/thread_handler';
import { TypingHandler } from '../handlers/typing_handler';
import { UserMessageHandler } from '../handlers/user_message_handler';
import type { PluginHost } from '../plugins/plugin_host';
import type { ThreadService } from '../threads/thread_service';
import type { ConnectionManager } from './websocket/connection_manager';
import type { MessageHandler, MessageRouter } from './websocket/message_router';

export interface ChatServices {
  readonly threads: ThreadService;
  readonly agents: AgentRunner;
  readonly connections: ConnectionManager;
  readonly plugins: PluginHost;
  readonly max_message_length: number;
}

/** Registers what the chat channel understands. Typing is by far the most frequent, so it is asked first. */
export function wire_chat_handlers(router: MessageRouter, services: ChatServices): void {
  const { threads, agents, connections, plugins, max_message_length } = services;
  router.register_handler(new UserMessageHandler(threads, connections, plugins, max_message_length));
  router.register_handler(new ThreadHandler(threads));
  router.register_handler(new AgentRequestHandler(agents));
  router.insert_handler(new TypingHandler(threads, connections));
}

/** Puts a handler in front of all others until the returned function is called. */
export function take_over(router: MessageRouter, handler: MessageHandler): () => void {
  router.insert_handler(handler, 0);
  return () => router.remove_handler(handler);
}
