import * as core from '../core/message-router';
import { MessageRouter } from '../router/message-router';
import * as passed from '../legacy/old-router';

export const router = [new MessageRouter(), core.helper(), passed];
