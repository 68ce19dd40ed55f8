import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.stop();
router.stop(/* now */);
const count = router.handler_count() + router?.handler_count();
