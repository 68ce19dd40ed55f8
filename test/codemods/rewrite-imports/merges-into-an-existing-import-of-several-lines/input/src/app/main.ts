import {
  createRouter,
  RouterOptions,
} from '../router/message-router';
import { MessageRouter } from '../core/message-router';
import { last } from './last';

export const router = [createRouter, new MessageRouter(), RouterOptions, last];
