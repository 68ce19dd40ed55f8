import { MessageRouter } from '../core/message-router';
import { handlerFor } from '../router/handler-for';

const router = new MessageRouter();
router.addHandler(
	handlerFor(
		'chat',
		handler
	)
);