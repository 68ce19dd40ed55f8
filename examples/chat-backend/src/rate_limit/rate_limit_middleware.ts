import type { Middleware } from '../core/message_router';
import { create_error_message } from '../services/websocket/message_router';
import type { RateLimiter } from './rate_limiter';

/** Drops the messages of users who send too many, and tells them. Heartbeats are free. */
export function rate_limit_middleware(limiter: RateLimiter): Middleware {
  return async (message, { userId, connection }) => {
    if (message.type === 'heartbeat' || limiter.allows(userId)) return message;
    await connection.send(create_error_message('RATE_LIMITED', 'Too many messages; wait a moment'));
    return null;
  };
}
