import { /* a */ alpha, /* m */ /* after */ zeta } from '../core/message-router';
import { MessageRouter } from '../router/message-router';
import {
  first,
  // the audit
   last,
} from '../core/audit';
import { Audit } from '../router/audit';

export const all = [alpha, MessageRouter, zeta, first, Audit, last];
