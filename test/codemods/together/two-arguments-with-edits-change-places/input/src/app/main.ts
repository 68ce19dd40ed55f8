import { OldRouter } from '../legacy/old-router';

const router = new OldRouter();
router.on_type(() => router.stop(), () => router.on_type(handler, router.handler_count()));
