import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.on_type(handler, nextType());
router.route_later('chat', factories.make);
router.route_later(type, make);
router.remove('chat', why());
router.remove('chat', why);
