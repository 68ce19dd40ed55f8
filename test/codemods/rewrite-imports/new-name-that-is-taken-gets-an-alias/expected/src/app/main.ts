import { MessageRouter as OldRouter } from '../router/message-router';
import { MessageRouter } from './own-router';

export const routers = [new OldRouter(), new MessageRouter()];
