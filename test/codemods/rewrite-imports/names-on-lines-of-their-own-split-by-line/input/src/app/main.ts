import {
  // made here
  helper,
  MessageRouter,
  other,
} from '../core/message-router';

export const router = [new MessageRouter(), helper, other];
