export { MessageRouter } from '../router/message-router';
export { MessageRouter as OldRouter } from '../router/message-router';
export { MessageRouter as MessageRouter2, MessageRouter as Public } from '../router/message-router';
export { MessageRouter as DefaultRouter } from '../router/message-router';
export { default as Logger } from '../router/default-logger';
