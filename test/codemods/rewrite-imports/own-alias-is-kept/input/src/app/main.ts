import { OldRouter as Legacy, } from '../legacy/old-router';
import { MessageRouter as Core } from '../core/message-router';

export const routers = [new Legacy(), new Core()];
