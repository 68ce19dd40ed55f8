import { MessageRouter } from '../router/message-router';
import { helper } from '../core/message-router';
import { MessageRouter as Mine } from './core/message-router';
// import { MessageRouter } from '../core/message-router';
const text = '../core/message-router';

export const routers = [MessageRouter, helper, Mine, text];
