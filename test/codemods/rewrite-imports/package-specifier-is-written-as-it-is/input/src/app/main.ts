import { LegacyRouter } from '@acme/legacy-router';

export const router = new LegacyRouter();
