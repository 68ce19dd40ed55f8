import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.register_handler();
router.register_handler('a', handler, 3);
router.register_handler(...args);
router.register_handler<Chat>('a', handler);
