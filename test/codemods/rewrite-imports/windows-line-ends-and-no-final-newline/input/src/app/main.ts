import { MessageRouter, helper } from '../core/message-router';

	export const router = [new MessageRouter(), helper]