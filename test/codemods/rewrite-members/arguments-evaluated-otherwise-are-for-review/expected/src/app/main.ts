import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.on_type(handler, nextType());
router.route_later('chat', factories.make);
router.addHandler(() => make(type));
router.remove('chat', why());
router.drop('chat');
