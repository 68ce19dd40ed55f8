import { MessageRouter } from '../core/message-router';
import { handlerFor as canonicalHandlerFor } from '../router/handler-for';

const router = new MessageRouter();
const handlerFor = 1;
router.addHandler(canonicalHandlerFor('chat', handler), );
console.log(handlerFor);
