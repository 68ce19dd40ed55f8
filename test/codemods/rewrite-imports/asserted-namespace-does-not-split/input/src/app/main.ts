import * as core from '../core/message-router';

export const routers = [(core as any).MessageRouter, core.helper];
