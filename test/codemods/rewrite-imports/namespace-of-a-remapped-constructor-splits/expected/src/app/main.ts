import * as quality from '../services/quality-router';
import { MessageRouter } from '../router/message-router';

export const router = new MessageRouter({ supervisor: one, hub: quality.wrap(new MessageRouter({ supervisor: two, hub: three })) });
