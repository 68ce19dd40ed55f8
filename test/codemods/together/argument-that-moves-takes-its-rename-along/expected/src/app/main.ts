import { MessageRouter } from '../router/message-router';
import { handlerFor } from '../router/handler-for';

const router = new MessageRouter();
router.addHandler(handlerFor(MessageRouter, () => router.shutdown({ force: true })));
router.drop('chat');
