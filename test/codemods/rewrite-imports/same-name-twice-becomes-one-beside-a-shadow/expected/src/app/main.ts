import { MessageRouter } from '../router/message-router';

export const routers = [new MessageRouter(), new MessageRouter(), (OldRouter: string) => OldRouter];
