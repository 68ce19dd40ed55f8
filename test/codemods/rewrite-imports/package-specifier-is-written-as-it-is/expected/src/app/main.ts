import { PackageRouter } from '@acme/router';

export const router = new PackageRouter();
