import {
  Beta, // b
  Alpha // a
} from '../router/message-router';
import { MessageRouter } from '../core/message-router';
import {Zulu, Able /* able */} from '../router/audit';
import {Audit} from '../core/audit';
import { zulu, able, } from '../router/route';
import { Route } from '../core/message-router';

export default [Beta, Alpha, MessageRouter, Zulu, Able, Audit, zulu, able, Route];
