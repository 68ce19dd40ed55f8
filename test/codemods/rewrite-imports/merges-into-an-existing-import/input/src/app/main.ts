import { createRouter, type RouterOptions } from '../router/message-router';
import { MessageRouter, type Route } from '../core/message-router';
import type { Other } from './other';

export const router: Other = [createRouter, new MessageRouter()] as RouterOptions | Route;
