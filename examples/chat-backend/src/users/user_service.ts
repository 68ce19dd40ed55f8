import { InvalidPayloadError, NotFoundError } from '../core/errors';
import type { Clock } from '../core/types';

export type Role = 'member' | 'supervisor' | 'admin';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly last_seen: number | undefined;
}

export class UserService {
  private readonly users = new Map<string, User>();

  constructor(private readonly clock: Clock = Date.now) {}

  add(id: string, name: string, role: Role = 'member'): User {
    const user = { id, name, role, last_seen: undefined };
    this.users.set(id, user);
    return user;
  }

  get(id: string): User {
    const user = this.users.get(id);
    if (!user) throw new NotFoundError('User', id);
    return user;
  }

  ids(): string[] {
    return [...this.users.keys()];
  }

  rename(id: string, name: string): User {
    if (name.trim() === '') throw new InvalidPayloadError('name');
    return this.replace({ ...this.get(id), name: name.trim() });
  }

  touch(id: string): User {
    return this.replace({ ...this.get(id), last_seen: this.clock() });
  }

  may_review(id: string): boolean {
    return this.get(id).role !== 'member';
  }

  private replace(user: User): User {
    this.users.set(user.id, user);
    return user;
  }
}
