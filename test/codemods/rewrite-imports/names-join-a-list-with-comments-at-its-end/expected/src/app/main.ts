import {
  Beta, // b
  MessageRouter,
  Alpha // a
} from '../router/message-router';
import {Zulu, Audit, Able /* able */} from '../router/audit';
import { zulu, able, Route, } from '../router/route';

export default [Beta, Alpha, MessageRouter, Zulu, Able, Audit, zulu, able, Route];
