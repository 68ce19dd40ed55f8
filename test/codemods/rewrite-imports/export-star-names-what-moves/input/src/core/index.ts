// the barrel
export * from './message-router';
export * from '../legacy/old-router';
export * as clock from '../util/old-clock';
export * from '../util/old-clock';
