import type { AgentRunner } from '../agents/agent_runner';
import { server_event, text_field } from '../core/types';
import type { RouteContext, RoutedMessage } from '../core/message_router';
import { create_error_message, type MessageHandler } from '../services/websocket/message_router';

/** Runs an agent for the user and reports its beginning and its end. */
export class AgentRequestHandler implements MessageHandler {
  constructor(private readonly agents: AgentRunner) {}

  canHandle(type: string): boolean {
    return type === 'agent_request' || type === 'start_agent';
  }

  async handleMessage({ userId, connection }: RouteContext, { payload }: RoutedMessage): Promise<boolean> {
    const agent_name = text_field(payload, 'agent') ?? 'triage';
    const request = text_field(payload, 'request');
    if (!request) {
      connection.send(create_error_message('INVALID_PAYLOAD', 'An agent needs a request'));
      return false;
    }
    await connection.send(server_event('agent_started', { agent_name }));
    const outcome = await this.agents.run(agent_name, { user_id: userId, request });
    if (outcome.status === 'failed') {
      connection.send(create_error_message('AGENT_FAILED', outcome.reason));
      return false;
    }
    return connection.send(server_event('agent_completed', { agent_name, answer: outcome.answer }));
  }
}
