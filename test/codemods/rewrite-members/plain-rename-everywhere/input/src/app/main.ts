import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.get_handler_order();
const order = router?.get_handler_order;
const quoted = router["get_handler_order"](`x`);
const { get_handler_order } = router;
const { get_handler_order: mine = null } = router;
router.get_handler_order.bind(router)(get_handler_order, mine);
