export { Audit } from '../router/audit'; // seen by operators
export { MessageRouter } from '../router/message-router';
export { MessageRouter as OldRouter } from '../router/message-router';
export { type RouteOptions as Options } from '../router/route';
export { helper } from '../core/message-router';
export { type Route } from '../router/route';
