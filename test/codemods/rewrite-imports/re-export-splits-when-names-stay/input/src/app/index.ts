export { helper, MessageRouter as Router, type Route } from '../core/message-router';
export type { MessageRouter } from '../core/message-router';
