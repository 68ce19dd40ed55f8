import { MessageRouter } from '../router/message-router.js';
import { now } from '../time/clock.ts';

export const router = [new MessageRouter(), now];
