import type { RouteContext, RoutedMessage } from '../core/message_router';
import { server_event, text_field } from '../core/types';
import type { MessageHandler } from '../services/websocket/message_router';
import type { QualityMonitor } from './quality_monitor';

export const CONTENT_TYPES = ['optimization', 'data_analysis', 'action_plan', 'report', 'triage', 'error', 'general'];

export interface Review {
  /** 0 to 1. */
  readonly score: number;
  readonly issues: readonly string[];
}

/** Decides whether an agent's text may go out. */
export class ReviewSupervisor implements MessageHandler {
  readonly supportedTypes = ['validate_content'];

  constructor(
    private readonly monitor: QualityMonitor,
    private readonly threshold: number,
  ) {}

  canHandle(type: string): boolean {
    return this.supportedTypes.includes(type);
  }

  handleMessage({ userId, connection }: RouteContext, { payload }: RoutedMessage): boolean | Promise<boolean> {
    const content_type = text_field(payload, 'content_type') ?? 'general';
    const { score, issues } = score_content(text_field(payload, 'content') ?? '', content_type);
    const passed = score >= this.threshold && (payload.strict_mode !== true || issues.length === 0);
    if (!passed) void this.monitor.alert('warning', `${userId}: content of type ${content_type} did not pass review`);
    return connection.send(server_event('content_validation_result', { content_type, score, issues, passed }));
  }
}

export function score_content(content: string, content_type: string): Review {
  const issues: string[] = [];
  if (content.length < 20) issues.push('too short to be useful');
  if (/\b(maybe|perhaps|it depends)\b/i.test(content)) issues.push('hedges');
  if (/\b(as an ai|i cannot)\b/i.test(content)) issues.push('talks about itself');
  if (content_type === 'action_plan' && !/^\s*(\d+\.|-)\s/m.test(content)) issues.push('a plan without steps');
  if (content_type === 'data_analysis' && !/\d/.test(content)) issues.push('an analysis without a figure');
  if (!CONTENT_TYPES.includes(content_type)) issues.push(`unknown content type ${content_type}`);
  return { score: Math.max(0, 1 - issues.length * 0.25), issues };
}
