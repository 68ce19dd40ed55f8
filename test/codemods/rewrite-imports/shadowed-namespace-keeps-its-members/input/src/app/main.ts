import * as legacy from '../legacy/old-router';

export const router = new legacy.OldRouter();
export function take(legacy: { size: number }) {
  return legacy.size;
}
