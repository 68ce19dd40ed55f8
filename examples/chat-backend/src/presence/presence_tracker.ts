import type { Clock } from '../core/types';

export type Presence = 'online' | 'away' | 'offline';

/** Who is there. A user is away after some time without a sign of life, and offline once gone. */
export class PresenceTracker {
  private readonly last_sign = new Map<string, number>();

  constructor(
    private readonly away_after_ms: number,
    private readonly clock: Clock = Date.now,
  ) {}

  sign_of_life(user_id: string): void {
    this.last_sign.set(user_id, this.clock());
  }

  gone(user_id: string): void {
    this.last_sign.delete(user_id);
  }

  of(user_id: string): Presence {
    const sign = this.last_sign.get(user_id);
    if (sign === undefined) return 'offline';
    return this.clock() - sign < this.away_after_ms ? 'online' : 'away';
  }

  online(): string[] {
    return [...this.last_sign.keys()].filter((user_id) => this.of(user_id) === 'online').sort();
  }
}
