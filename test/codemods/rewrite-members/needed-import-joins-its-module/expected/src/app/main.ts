import { other, handlerFor } from '../router/handler-for';
import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.addHandler(handlerFor('chat', handler));
