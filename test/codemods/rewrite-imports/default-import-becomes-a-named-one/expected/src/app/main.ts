import { MessageRouter as Router, MessageRouter } from '../router/message-router';

export const routers = [Router, MessageRouter];
