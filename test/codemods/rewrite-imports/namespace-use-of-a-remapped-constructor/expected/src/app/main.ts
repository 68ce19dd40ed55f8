import * as quality from '../router/message-router';

export const one = new quality.MessageRouter({ supervisor, hub });
