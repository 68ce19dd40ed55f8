import { MessageRouter } from '../core/message-router.js';
import { now } from '../util/old-clock.ts';

export const router = [new MessageRouter(), now];
