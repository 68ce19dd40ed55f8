// the barrel
export * from './message-router';
export { MessageRouter } from '../router/message-router';
export { Route } from '../router/route';
export * from '../legacy/old-router';
export { MessageRouter as OldRouter } from '../router/message-router';
export * as clock from '../time/clock';
export * from '../time/clock';
