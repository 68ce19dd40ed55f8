import { type ChatServices, wire_chat_handlers } from '@/services/handler_wiring';
import { MessageRouter } from '@/services/websocket/message_router';
import { QualityMessageRouter } from '@/services/websocket/quality_message_router';
import type { QualityMonitor } from '../../quality/quality_monitor';
import { QualityReports } from '../../quality/quality_reports';
import { ReviewSupervisor } from '../../quality/review_supervisor';

export type RouterFactory = () => MessageRouter;

export function create_socket_router(services: ChatServices): MessageRouter {
  const router = new MessageRouter();
  wire_chat_handlers(router, services);
  return router;
}

export function socket_router_factory(services: ChatServices): RouterFactory {
  return () => create_socket_router(services);
}

export function create_quality_router(monitor: QualityMonitor, threshold: number): QualityMessageRouter {
  const supervisor = new ReviewSupervisor(monitor, threshold);
  const router = new QualityMessageRouter(supervisor, new QualityReports(monitor), monitor);
  router.register_handler('quality_threshold', ({ connection }) =>
    connection.send({ type: 'quality_threshold', data: { threshold }, timestamp: Date.now() / 1000 }),
  );
  return router;
}
