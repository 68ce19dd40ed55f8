import { Alpha, MessageRouter as Router } from '../router/message-router';
import {
  // The one that everybody takes.
  MessageRouter,
} from '../router/message-router';
import {
  RouteOptions, // how it is made
} from '../router/route';

export default [Alpha, MessageRouter, Router, {} as RouteOptions];
