import defer * as legacy from '../legacy/old-router';

export const make = () => new legacy.OldRouter();
