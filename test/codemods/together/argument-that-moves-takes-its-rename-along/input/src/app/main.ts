import { OldRouter } from '../legacy/old-router';

const router = new OldRouter();
router.on_type(() => router.stop(), OldRouter);
router.remove('chat', OldRouter);
