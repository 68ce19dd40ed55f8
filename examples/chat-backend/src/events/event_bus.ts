export interface DomainEvents {
  readonly user_joined: { readonly user_id: string };
  readonly user_left: { readonly user_id: string };
}

export type EventHandler<K extends keyof DomainEvents> = (event: DomainEvents[K]) => void;

/** Tells the parts of the process what happened, in the order of registration. */
export class EventBus {
  private readonly handlers = new Map<keyof DomainEvents, EventHandler<never>[]>();

  register_handler<K extends keyof DomainEvents>(type: K, handler: EventHandler<K>): void {
    this.handlers.set(type, [...(this.handlers.get(type) ?? []), handler]);
  }

  emit<K extends keyof DomainEvents>(type: K, event: DomainEvents[K]): void {
    for (const handler of this.handlers.get(type) ?? []) (handler as EventHandler<K>)(event);
  }
}
