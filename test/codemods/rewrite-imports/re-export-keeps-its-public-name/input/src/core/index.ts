export { MessageRouter } from '../core/message-router';
export { OldRouter } from '../legacy/old-router';
export { OldRouter as MessageRouter2, OldRouter as Public } from '../legacy/old-router';
export { default as DefaultRouter } from '../legacy/default-router';
export { Logger } from '../core/logger';
