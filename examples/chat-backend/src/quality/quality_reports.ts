import type { RouteContext, RoutedMessage } from '../core/message_router';
import { server_event, text_field } from '../core/types';
import type { MessageHandler } from '../services/websocket/message_router';
import type { AgentQuality, QualityMonitor } from './quality_monitor';

const PERIODS: ReadonlyMap<string, number> = new Map([
  ['day', 24],
  ['week', 168],
]);

export class QualityReports implements MessageHandler {
  readonly supportedTypes = ['generate_quality_report'];

  constructor(private readonly monitor: QualityMonitor) {}

  canHandle(type: string): boolean {
    return this.supportedTypes.includes(type);
  }

  handleMessage({ connection }: RouteContext, { payload }: RoutedMessage): boolean | Promise<boolean> {
    const period = text_field(payload, 'period') ?? 'day';
    const detailed = text_field(payload, 'report_type') === 'detailed';
    const agents = this.monitor.quality_of_agents(PERIODS.get(period) ?? 24);
    const report = as_markdown(period, agents, detailed);
    return connection.send(server_event('quality_report_generated', { report, raw_data: agents }));
  }
}

function as_markdown(period: string, agents: readonly AgentQuality[], detailed: boolean): string {
  const runs = agents.reduce((sum, agent) => sum + agent.runs, 0);
  const head = [`# Quality, last ${period}`, '', `${runs} runs of ${agents.length} agents.`];
  if (!detailed) return head.join('\n');
  const rows = agents.map((agent) => `| ${agent.agent_name} | ${agent.runs} | ${agent.average_score.toFixed(2)} |`);
  return [...head, '', '| agent | runs | score |', '|---|---|---|', ...rows].join('\n');
}
