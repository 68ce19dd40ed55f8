import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.register_handler(handler);
router?.register_handler(handler);
router.register_handler?.(handler);
await router.register_handler(handler);
const value = router.register_handler(handler) ?? router!.register_handler(handler);
