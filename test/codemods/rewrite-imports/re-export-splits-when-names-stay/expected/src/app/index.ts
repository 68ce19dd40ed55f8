export { helper } from '../core/message-router';
export { MessageRouter as Router } from '../router/message-router';
export { type Route } from '../router/route';
export type { MessageRouter } from '../router/message-router';
