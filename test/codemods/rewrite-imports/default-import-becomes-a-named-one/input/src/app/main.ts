import Router from '../legacy/default-router';
import MessageRouter from '../legacy/default-router.js';

export const routers = [Router, MessageRouter];
