import * as core from '../core/message-router';
import * as passed from '../legacy/old-router';

export const router = [new core.MessageRouter(), core.helper(), passed];
