import { type MessageRouter, type RouteContext, type RoutedMessage, server_event, text_field } from '../core';
import type { UserService } from './user_service';

/** The control channel's part that is about the user's own account. */
export function add_user_routes(router: MessageRouter, users: UserService): void {
  router.register_handler('connect', (context) => send_profile(context, users));

  router.register_handler('user_rename', async ({ userId, connection }: RouteContext, message: RoutedMessage) => {
    const user = users.rename(userId, text_field(message.payload, 'name') ?? '');
    return connection.send(server_event('user_renamed', { user_id: user.id, name: user.name }));
  });

  router.register_handler(
    'user_profile',
    (context) => send_profile(context, users), // older clients ask, newer ones get it on connect
  );
}

function send_profile({ userId, connection }: RouteContext, users: UserService): boolean | Promise<boolean> {
  const user = users.touch(userId);
  return connection.send(server_event('user_profile', { user_id: user.id, name: user.name, role: user.role }));
}
