import { OldRouter } from '../legacy/old-router';
import { MessageRouter } from './own-router';

export const routers = [new OldRouter(), new MessageRouter()];
