import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.getHandlerOrder();
const order = router?.getHandlerOrder;
const quoted = router["getHandlerOrder"](`x`);
const { getHandlerOrder: get_handler_order } = router;
const { getHandlerOrder: mine = null } = router;
router.getHandlerOrder.bind(router)(get_handler_order, mine);
