import { helper } from '../legacy/default-router';
import { MessageRouter as Router } from '../router/message-router';

export const routers = [Router, helper];
