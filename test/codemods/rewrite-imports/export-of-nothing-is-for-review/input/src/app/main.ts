export {} from '../core/message-router';
