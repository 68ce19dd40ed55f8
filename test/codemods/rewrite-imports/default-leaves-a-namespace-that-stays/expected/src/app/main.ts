import * as legacy from '../legacy/default-router';
import { MessageRouter as Router } from '../router/message-router';

export const router = new Router(legacy.defaults);
