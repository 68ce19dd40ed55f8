import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.register_handler(router.handler_count(), (m) => router.register_handler('inner', router.get_handler_order()));
