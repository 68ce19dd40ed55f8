import clock from '../router/message-router';
import { } from '../router/route';
import Def, { } from '../legacy/default-router';
import { MessageRouter, Route } from '../core/message-router';
import { OldRouter } from '../legacy/old-router';

export const routers = [clock, new MessageRouter(), new OldRouter(), Def] as Route[];
