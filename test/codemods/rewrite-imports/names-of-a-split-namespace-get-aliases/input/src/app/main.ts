import * as core from '../core/message-router';

const Route = 1;
export function make(MessageRouter: string) {
  return new core.MessageRouter(MessageRouter, core.Route, Route);
}
