import {
  Alpha, // first
  // about gamma
  Gamma,
  Zeta, // last
} from '../router/message-router';
import { alpha, Beta, zeta } from '../router/route';
import { MessageRouter, Route } from '../core/message-router';
import { Audit } from '../core/audit';
import { OldRouter as Second } from '../legacy/old-router';
import { Zulu, Able } from '../router/audit';

export default [Alpha, Gamma, Zeta, alpha, Beta, zeta, MessageRouter, Route, Audit, Second, Zulu, Able];
