// Older than the TypeScript conversion. The metrics agent on each host connects here and pulls.
import { MessageRouter } from '../core/message_router';
import { server_event } from '../core/types';

/**
 * A control router for the metrics agent.
 * @param {Record<string, () => Record<string, unknown>>} sources
 */
export function create_metrics_router(sources) {
  const router = new MessageRouter();
  router.add_middleware((message) => (message.type.startsWith('metrics_') ? message : null));
  router.register_handler('metrics_list', ({ connection }) =>
    connection.send(server_event('metrics_list', { names: Object.keys(sources) })),
  );
  for (const [name, read] of Object.entries(sources)) {
    router.add_route(`metrics_${name}`, ({ connection }) => connection.send(server_event('metrics', read())));
  }
  return router;
}

/** @param {ReturnType<typeof create_metrics_router>} router */
export function describe_metrics(router) {
  const { total_messages, active_routes } = router.get_statistics();
  return `${active_routes} metrics, read ${total_messages} times`;
}
