import { MessageRouter } from '../router/message-router';

export { MessageRouter, MessageRouter as Router };
