import * as legacy from '../router/message-router';

export const router = new legacy.MessageRouter();
export function take(legacy: { size: number }) {
  return legacy.size;
}
