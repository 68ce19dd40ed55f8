import * as core from '../core/message-router';
import * as legacy from '../legacy/old-router';

export const router = load(core, core.MessageRouter, core.Route);
export { legacy };
