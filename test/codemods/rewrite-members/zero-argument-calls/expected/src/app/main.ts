import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.shutdown({ force: true });
router.stop(/* now */);
const count = router.getStats().handlers + router?.getStats().handlers;
