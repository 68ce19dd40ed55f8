import { OldRouter } from './barrel';
import { MessageRouter } from '../core/message-router';

export const routers = [new OldRouter(), new MessageRouter()];
