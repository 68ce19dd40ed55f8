import { MessageRouter } from '../router/message-router';

const supervisor = {};
export const one = new MessageRouter({ supervisor, hub: makeHub() });
export const two = (router: MessageRouter) => router instanceof MessageRouter && new MessageRouter({ supervisor: 1, hub: 2 },);
