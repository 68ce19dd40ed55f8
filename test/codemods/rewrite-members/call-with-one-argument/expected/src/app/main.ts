import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.addHandler(handler);
router?.addHandler(handler);
router.addHandler?.(handler);
await router.addHandler(handler);
const value = router.addHandler(handler) ?? router!.addHandler(handler);
