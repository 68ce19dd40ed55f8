export { MessageRouter as default } from '../core/message-router';
export { default as Router } from '../legacy/default-router';
export { Logger } from '../core/logger';
export { type RouterOptions as Options } from '../legacy/default-router';
