export { Audit } from '../core/audit'; // seen by operators
export { MessageRouter } from '../core/message-router';
export { OldRouter } from '../legacy/old-router';
export { type RouteOptions as Options } from '../router/route';
export { type Route, helper } from '../core/message-router';
