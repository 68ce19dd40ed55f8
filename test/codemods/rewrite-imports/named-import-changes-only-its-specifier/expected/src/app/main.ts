/*
 * Chat backend.
 */
'use strict';
import { EventEmitter } from 'node:events';
import {
  MessageRouter, // the router
} from '../router/message-router'; // moved soon
import './side-effect';

export const router = new MessageRouter();
