import { MessageRouter as Legacy, MessageRouter as Core, } from '../router/message-router';

export const routers = [new Legacy(), new Core()];
