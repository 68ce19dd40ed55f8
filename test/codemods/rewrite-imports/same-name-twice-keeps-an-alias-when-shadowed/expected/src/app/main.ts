import { MessageRouter, MessageRouter as OldRouter } from '../router/message-router';

export const routers = [new MessageRouter(), new OldRouter(), (OldRouter: string) => OldRouter];
