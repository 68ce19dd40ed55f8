import * as legacy from '../router/message-router';

export const router: legacy.MessageRouter = new legacy.MessageRouter();
export const again = legacy['MessageRouter'];
