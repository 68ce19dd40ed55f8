import type { Clock } from '../core/types';

export class TokenBucket {
  private tokens: number;
  private refilled_at: number;

  constructor(
    private readonly capacity: number,
    private readonly per_second: number,
    private readonly clock: Clock,
  ) {
    this.tokens = capacity;
    this.refilled_at = clock();
  }

  /** Whether there was a token to take. */
  take(): boolean {
    const now = this.clock();
    this.tokens = Math.min(this.capacity, this.tokens + ((now - this.refilled_at) / 1000) * this.per_second);
    this.refilled_at = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
