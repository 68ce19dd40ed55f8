#!/usr/bin/env node
/* header */
import { MessageRouter, type Route, helper } from '../core/message-router';
import { OldRouter } from "../legacy/old-router.js";
import { QualityRouter } from '../services/quality-router';

const router = new MessageRouter();
router.register_handler('chat', async (m) => { router.register_handler(m); });
router.on_type(async (m) => { router.stop(); }, 'chat');
export const q = new QualityRouter(
  supervisor, // the boss
  makeHub(),
);
const o: OldRouter = { OldRouter };
o.register_handler(
  // why
  'x',
  foo(),
);
console.log(o.handler_count() + 1, router?.get_handler_order(), router['get_handler_order'], helper as Route);
