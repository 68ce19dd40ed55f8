import { Alpha } from '../router/message-router';
import {
  // The one that everybody takes.
  MessageRouter,
} from '../core/message-router';
import Router, {
  RouterOptions, // how it is made
} from '../legacy/default-router';

export default [Alpha, MessageRouter, Router, {} as RouterOptions];
