export interface RollbackHandler {
  readonly scope: string;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** Takes snapshots of everything registered and restores them together. */
export class RollbackManager {
  private readonly handlers: RollbackHandler[] = [];

  register_handler(handler: RollbackHandler): void {
    this.handlers.push(handler);
  }

  remove_handler(handler: RollbackHandler): void {
    const index = this.handlers.indexOf(handler);
    if (index >= 0) this.handlers.splice(index, 1);
  }

  /** What the work returns. When it throws, all scopes are as they were before, and the error goes on. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const snapshots = this.handlers.map((handler) => [handler, handler.snapshot()] as const);
    try {
      return await work();
    } catch (error) {
      for (const [handler, snapshot] of snapshots.reverse()) handler.restore(snapshot);
      throw error;
    }
  }
}
