import { /* a */ alpha, /* m */ MessageRouter /* after */, zeta } from '../core/message-router';
import {
  first,
  Audit // the audit
  , last,
} from '../core/audit';

export const all = [alpha, MessageRouter, zeta, first, Audit, last];
