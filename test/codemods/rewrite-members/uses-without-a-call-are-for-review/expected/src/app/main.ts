import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
list.forEach(router.register_handler.bind(router));
const { register_handler } = router;
(router.register_handler)(handler);
