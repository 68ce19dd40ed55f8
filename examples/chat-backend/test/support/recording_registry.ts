/** Stands for whatever registry a first-generation plugin brings along. */
export class RecordingRegistry {
  readonly registered = new Map<string, unknown>();

  register_handler(type: string, handler: unknown): void {
    this.registered.set(type, handler);
  }

  get_handler_order(): string[] {
    return [...this.registered.keys()];
  }
}
