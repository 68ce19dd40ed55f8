export { MessageRouter as default } from '../router/message-router';
export { MessageRouter as Router } from '../router/message-router';
export { default as Logger } from '../router/default-logger';
export { type RouteOptions as Options } from '../router/route';
