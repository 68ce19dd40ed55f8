import { OldRouter } from './barrel';
import { MessageRouter } from '../router/message-router';

export const routers = [new OldRouter(), new MessageRouter()];
