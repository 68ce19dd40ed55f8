import { helper } from '../core/message-router';
import { MessageRouter } from '../router/message-router';

	export const router = [new MessageRouter(), helper]