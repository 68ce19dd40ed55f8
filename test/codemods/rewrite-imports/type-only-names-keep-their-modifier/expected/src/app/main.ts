import { type MessageRouter } from '../router/message-router';

export let router: MessageRouter | undefined;
