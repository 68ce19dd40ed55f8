import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.register_handler(
	'chat',
	handler
);