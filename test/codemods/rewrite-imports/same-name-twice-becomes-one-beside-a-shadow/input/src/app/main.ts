import { MessageRouter } from '../core/message-router';
import { OldRouter } from '../legacy/old-router';

export const routers = [new MessageRouter(), new OldRouter(), (OldRouter: string) => OldRouter];
