import {
  createRouter,
  MessageRouter,
  RouterOptions,
} from '../router/message-router';
import { last } from './last';

export const router = [createRouter, new MessageRouter(), RouterOptions, last];
