import clock, { MessageRouter as Def, MessageRouter } from '../router/message-router';
import { Route } from '../router/route';

export const routers = [clock, new MessageRouter(), new MessageRouter(), Def] as Route[];
