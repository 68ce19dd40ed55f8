import { MessageRouter } from '../router/message-router';
import { handlerFor } from '../router/handler-for';

const router = new MessageRouter();
router.addHandler(handlerFor(() => router.on_type(handler, router.getStats().handlers), () => router.shutdown({ force: true })));
