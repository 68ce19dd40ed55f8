import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
const handlerFor = 1;
router.register_handler('chat', handler, );
console.log(handlerFor);
