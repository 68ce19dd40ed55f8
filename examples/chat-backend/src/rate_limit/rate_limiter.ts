import type { Clock } from '../core/types';
import { TokenBucket } from './token_bucket';

export class RateLimiter {
  private readonly buckets = new Map<string, TokenBucket>();
  private allowed = 0;
  private limited = 0;

  constructor(
    private readonly burst: number,
    private readonly per_second: number,
    private readonly clock: Clock = Date.now,
  ) {}

  allows(user_id: string): boolean {
    let bucket = this.buckets.get(user_id);
    if (!bucket) {
      bucket = new TokenBucket(this.burst, this.per_second, this.clock);
      this.buckets.set(user_id, bucket);
    }
    const allowed = bucket.take();
    if (allowed) this.allowed += 1;
    else this.limited += 1;
    return allowed;
  }

  get_statistics(): { readonly allowed: number; readonly limited: number; readonly users: number } {
    return { allowed: this.allowed, limited: this.limited, users: this.buckets.size };
  }
}
