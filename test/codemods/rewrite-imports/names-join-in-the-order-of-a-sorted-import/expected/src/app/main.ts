import {
  Alpha, // first
  // about gamma
  Gamma,
  MessageRouter,
  MessageRouter as Second,
  Zeta, // last
} from '../router/message-router';
import { alpha, Beta, Route, zeta } from '../router/route';
import { Zulu, Able, Audit } from '../router/audit';

export default [Alpha, Gamma, Zeta, alpha, Beta, zeta, MessageRouter, Route, Audit, Second, Zulu, Able];
