import Core from '../core/message-router';
import { MessageRouter } from '../router/message-router';

export const router = new Core(new MessageRouter());
