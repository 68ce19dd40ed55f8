import { createRouter, MessageRouter, type RouterOptions } from '../router/message-router';
import { type Route } from '../router/route';
import type { Other } from './other';

export const router: Other = [createRouter, new MessageRouter()] as RouterOptions | Route;
