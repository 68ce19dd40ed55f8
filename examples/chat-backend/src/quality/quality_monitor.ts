import type { ClientSocket, RouteContext, RoutedMessage } from '../core/message_router';
import { type Clock, server_event, text_field } from '../core/types';
import { create_error_message, type MessageHandler } from '../services/websocket/message_router';

interface Sample {
  readonly agent_name: string;
  readonly score: number;
  readonly at: number;
}

export interface AgentQuality {
  readonly agent_name: string;
  readonly runs: number;
  readonly average_score: number;
}

const MAX_SAMPLES = 10_000;
const HOUR_MS = 3_600_000;

/** Keeps the scores of agents' answers, answers questions about them, and alerts those who subscribed. */
export class QualityMonitor implements MessageHandler {
  readonly supportedTypes = ['get_quality_metrics', 'subscribe_quality_alerts'];
  private readonly samples: Sample[] = [];
  private readonly subscribers = new Map<string, ClientSocket>();

  constructor(private readonly clock: Clock = Date.now) {}

  record(agent_name: string, score: number): void {
    this.samples.push({ agent_name, score, at: this.clock() });
    if (this.samples.length > MAX_SAMPLES) this.samples.shift();
  }

  quality_of_agents(hours: number): AgentQuality[] {
    const since = this.clock() - hours * HOUR_MS;
    const by_agent = new Map<string, number[]>();
    for (const { agent_name, score, at } of this.samples) {
      if (at >= since) by_agent.set(agent_name, [...(by_agent.get(agent_name) ?? []), score]);
    }
    return [...by_agent].map(([agent_name, scores]) => ({
      agent_name,
      runs: scores.length,
      average_score: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    }));
  }

  /** How many subscribers took the alert. One that is gone does not keep it from the others. */
  async alert(severity: 'info' | 'warning' | 'critical', text: string): Promise<number> {
    const event = server_event('quality_alert', { severity, text }, this.clock);
    const outcomes = await Promise.allSettled([...this.subscribers.values()].map(async (each) => each.send(event)));
    return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
  }

  canHandle(type: string): boolean {
    return this.supportedTypes.includes(type);
  }

  handleMessage(context: RouteContext, message: RoutedMessage): boolean | Promise<boolean> {
    if (message.type === 'subscribe_quality_alerts') return this.subscribe(context, text_field(message.payload, 'action'));
    const agent_name = text_field(message.payload, 'agent_name');
    const hours = typeof message.payload.period_hours === 'number' ? message.payload.period_hours : 24;
    const agents = this.quality_of_agents(hours).filter((each) => !agent_name || each.agent_name === agent_name);
    return context.connection.send(server_event('quality_metrics', { period_hours: hours, agents }, this.clock));
  }

  private subscribe({ userId, connection }: RouteContext, action = 'subscribe'): boolean | Promise<boolean> {
    if (action !== 'subscribe' && action !== 'unsubscribe') {
      return connection.send(create_error_message('INVALID_ACTION', `${action} is neither subscribe nor unsubscribe`));
    }
    if (action === 'subscribe') this.subscribers.set(userId, connection);
    else this.subscribers.delete(userId);
    return connection.send(server_event(`quality_alerts_${action}d`, { user_id: userId }, this.clock));
  }
}
