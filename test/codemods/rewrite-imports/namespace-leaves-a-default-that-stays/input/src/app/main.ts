import Core, * as core from '../core/message-router';

export const router = new Core(new core.MessageRouter());
