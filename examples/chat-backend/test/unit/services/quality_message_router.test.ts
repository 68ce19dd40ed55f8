import { beforeEach, expect, it } from 'vitest';
import { QualityMonitor } from '@/quality/quality_monitor';
import { QualityReports } from '@/quality/quality_reports';
import { ReviewSupervisor } from '@/quality/review_supervisor';
import { QualityMessageRouter } from '../../../src/services/websocket/quality_message_router';
import { FakeConnection } from '../../support/fakes';

let router: QualityMessageRouter;
let monitor: QualityMonitor;
let connection: FakeConnection;

beforeEach(() => {
  monitor = new QualityMonitor();
  router = new QualityMessageRouter(new ReviewSupervisor(monitor, 0.6), new QualityReports(monitor), monitor);
  connection = new FakeConnection();
});

const last = () => connection.sent.at(-1);

it('reviews content', async () => {
  const content = '1. Raise the cache limit to 2 GB\n2. Watch the hit rate for a day';
  const payload = { content, content_type: 'action_plan' };
  expect(await router.handle_message('eve', connection, { type: 'validate_content', payload })).toBe(true);
  expect(last()).toMatchObject({ type: 'content_validation_result', data: { score: 1, passed: true } });
});

it('alerts subscribers about content that does not pass', async () => {
  const subscriber = new FakeConnection('c2');
  await router.handle_message('sam', subscriber, { type: 'subscribe_quality_alerts', payload: {} });
  const content = 'Maybe. As an AI I cannot say.';
  const payload = { content, content_type: 'poem', strict_mode: true };
  await router.handle_message('eve', connection, { type: 'validate_content', payload });
  expect(subscriber.sent.map(({ type }) => type)).toEqual(['quality_alerts_subscribed', 'quality_alert']);
  expect(last()).toMatchObject({ data: { passed: false } });
});

it('reports on the last day', async () => {
  monitor.record('triage', 1);
  monitor.record('triage', 0.5);
  const payload = { report_type: 'detailed', period: 'day' };
  await router.handle_message('eve', connection, { type: 'generate_quality_report', payload });
  expect(last()).toMatchObject({ data: { report: expect.stringContaining('| triage | 2 | 0.75 |') } });
});

it('can be overridden for one type', async () => {
  router.register_handler('validate_content', ({ connection: to }) => to.send({ type: 'review_is_closed' }));
  await router.handle_message('eve', connection, { type: 'validate_content', payload: { content: 'x' } });
  expect(connection.sent.map(({ type }) => type)).toEqual(['review_is_closed']);
  const { messages_routed, handler_order } = router.get_stats();
  expect([messages_routed, handler_order.length]).toEqual([1, 4]);
});

it('acknowledges what is not about quality', async () => {
  await router.handle_message('eve', connection, { type: 'moon_phase' });
  expect(last()).toMatchObject({ type: 'ack', received_type: 'moon_phase' });
});
