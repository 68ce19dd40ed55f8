import { type MessageRouter, server_event } from '@/core';
import type { Middleware } from '@/core/message_router';
import type { PresenceTracker } from './presence_tracker';

/** Above the account's own handlers: whoever disconnects is gone, whatever else happens on disconnect. */
const BEFORE_OTHERS = 10;

export function add_presence_routes(router: MessageRouter, presence: PresenceTracker): void {
  router.add_middleware(signs_of_life(presence));
  router.register_handler('presence_query', ({ connection }, { payload }) => {
    const asked = Array.isArray(payload.users) ? payload.users.map(String) : presence.online();
    const users = Object.fromEntries(asked.map((user_id) => [user_id, presence.of(user_id)]));
    return connection.send(server_event('presence', { users }));
  });
  router.register_handler('disconnect', ({ userId }) => presence.gone(userId), BEFORE_OTHERS);
}

function signs_of_life(presence: PresenceTracker): Middleware {
  return (message, { userId }) => {
    presence.sign_of_life(userId);
    return message;
  };
}
