export interface WebhookDelivery {
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type WebhookHandler = (delivery: WebhookDelivery) => boolean | Promise<boolean>;

/** Calls what other systems registered for our events. Several handlers may want the same event. */
export class WebhookDispatcher {
  private readonly handlers = new Map<string, WebhookHandler[]>();

  register_handler(event: string, handler: WebhookHandler): () => void {
    const handlers = this.handlers.get(event) ?? [];
    this.handlers.set(event, [...handlers, handler]);
    return () => this.remove_handler(event, handler);
  }

  remove_handler(event: string, handler: WebhookHandler): void {
    this.handlers.set(
      event,
      (this.handlers.get(event) ?? []).filter((each) => each !== handler),
    );
  }

  /** How many handlers accepted the event. */
  async dispatch(event: string, body: Readonly<Record<string, unknown>>): Promise<number> {
    const handlers = this.handlers.get(event) ?? [];
    const results = await Promise.allSettled(handlers.map(async (handler) => handler({ event, body })));
    return results.filter((result) => result.status === 'fulfilled' && result.value).length;
  }
}
