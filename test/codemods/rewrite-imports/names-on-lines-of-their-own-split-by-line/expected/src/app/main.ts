import {
  // made here
  helper,
  other,
} from '../core/message-router';
import { MessageRouter } from '../router/message-router';

export const router = [new MessageRouter(), helper, other];
