import { Alpha, MessageRouter, Zeta } from '../router/message-router';
import * as core from '../core/message-router';

export const router = core.helper(new core.MessageRouter(Alpha), MessageRouter, Zeta);
