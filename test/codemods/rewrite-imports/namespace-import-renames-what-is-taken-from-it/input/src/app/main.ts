import * as legacy from '../legacy/old-router';

export const router: legacy.OldRouter = new legacy.OldRouter();
export const again = legacy['OldRouter'];
