import { QualityRouter } from '../services/quality-router';

export const router = new QualityRouter(supervisor, (m: unknown) => inner.stop());
const inner = new QualityRouter(1, QualityRouter.hub);
router.register_handler('a', inner.handler_count());
