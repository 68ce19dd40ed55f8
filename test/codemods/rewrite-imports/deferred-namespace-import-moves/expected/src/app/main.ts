import defer * as legacy from '../router/message-router';

export const make = () => new legacy.MessageRouter();
