import * as canonical from '../router/message-router';
import { MessageRouter } from '../router/message-router';

export const routers = [new MessageRouter(), canonical];
