import * as canonical from '../router/message-router';
import { MessageRouter } from '../core/message-router';

export const routers = [new MessageRouter(), canonical];
