export * as core from './message-router';
