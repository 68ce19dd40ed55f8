import type { MessageRouter, RouteHandler } from '@/core/message_router';
import { server_event, text_field } from '@/core/types';
import type { ThreadService } from './thread_service';

export function add_thread_routes(router: MessageRouter, threads: ThreadService): MessageRouter {
  const list: RouteHandler = ({ userId, connection }) => {
    const titles = threads.of_member(userId).map(({ id, title }) => ({ thread_id: id, title }));
    return connection.send(server_event('thread_list', { threads: titles }));
  };

  const history: RouteHandler = ({ userId, connection }, { payload, thread_id }) => {
    const after = typeof payload.after === 'number' ? payload.after : 0;
    const entries = threads.history(thread_id ?? text_field(payload, 'thread_id') ?? '', userId, after);
    return connection.send(server_event('thread_history', { thread_id, entries }));
  };

  router.add_route('thread_create', ({ userId, connection }, { payload }) => {
    const members = Array.isArray(payload.members) ? payload.members.filter((each) => typeof each === 'string') : [];
    const thread = threads.create(userId, text_field(payload, 'title') ?? '', members);
    return connection.send(server_event('thread_created', { thread_id: thread.id, title: thread.title }));
  });
  router.add_route('thread_list', list);
  router.add_route('thread_history', history);
  return router;
}
