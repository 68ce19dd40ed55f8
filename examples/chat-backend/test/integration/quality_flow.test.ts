import { expect, it } from 'vitest';
import { ChatApp } from '@/app';
import { QualityMonitor } from '../../src/quality/quality_monitor';
import { QualityReports } from '../../src/quality/quality_reports';
import { ReviewSupervisor } from '../../src/quality/review_supervisor';
import { QualityMessageRouter } from '../../src/services/websocket/quality_message_router';
import { FakeConnection, FakeSocket } from '../support/fakes';

function app_with_agent() {
  const app = new ChatApp();
  app.users.add('sam', 'Sam', 'supervisor');
  app.agents.register({
    name: 'triage',
    steps: [{ name: 'answer', perform: ({ request }) => `Your request "${request}" goes to the billing team.` }],
  });
  return app;
}

it('shows supervisors how agents are doing', async () => {
  const socket = new FakeSocket();
  const session = await app_with_agent().connect('sam', socket);
  await session.receive('chat', '{"type":"agent","payload":{"request":"Refund please"}}');
  expect(socket.types().slice(1)).toEqual(['agent_started', 'agent_completed']);
  await session.receive('quality', '{"type":"get_quality_metrics","payload":{}}');
  expect(socket.sent.at(-1)).toMatchObject({
    type: 'quality_metrics',
    data: { agents: [{ agent_name: 'triage', runs: 1, average_score: 1 }] },
  });
});

it('tells the threshold', async () => {
  const socket = new FakeSocket();
  const session = await app_with_agent().connect('sam', socket);
  expect(await session.receive('quality', '{"type":"quality_threshold"}')).toBe(true);
  expect(socket.sent.at(-1)).toMatchObject({ data: { threshold: 0.6 } });
});

it('shares one monitor between dashboards', async () => {
  const monitor = new QualityMonitor();
  const supervisor = new ReviewSupervisor(monitor, 0.9);
  const dashboards = [1, 2].map(() => new QualityMessageRouter(supervisor, new QualityReports(monitor), monitor));
  const connection = new FakeConnection();
  for (const dashboard of dashboards) {
    await dashboard.handle_message('sam', connection, { type: 'subscribe_quality_alerts', payload: {} });
  }
  expect(await monitor.alert('critical', 'Agents are down')).toBe(1);
  expect(dashboards.map((dashboard) => dashboard.get_stats().messages_routed)).toEqual([1, 1]);
});

it('answers about one agent and the last hours', async () => {
  const app = app_with_agent();
  app.monitor.record('triage', 0.25);
  app.monitor.record('booking', 1);
  const socket = new FakeSocket();
  const session = await app.connect('sam', socket);
  const payload = { agent_name: 'triage', period_hours: 1 };
  expect(await session.receive('quality', JSON.stringify({ type: 'get_quality_metrics', payload }))).toBe(true);
  expect(socket.sent.at(-1)).toMatchObject({ data: { period_hours: 1, agents: [{ average_score: 0.25 }] } });
});
