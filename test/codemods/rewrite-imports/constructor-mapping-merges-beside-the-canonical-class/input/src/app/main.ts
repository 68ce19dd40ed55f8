import { MessageRouter } from '../router/message-router';
import { QualityRouter } from '../services/quality-router';

export const routers = [new MessageRouter({}), new QualityRouter(a, b)];
