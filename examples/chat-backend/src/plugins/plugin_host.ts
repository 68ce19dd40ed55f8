export type Hook = 'before_send' | 'after_receive';
export type HookFunction = (text: string) => string;

/** What a plugin may do: change the text of messages on their way. */
export class PluginHost {
  private readonly hooks = new Map<Hook, HookFunction[]>();
  readonly loaded: string[] = [];

  register_handler(hook: Hook, handler: HookFunction): void {
    this.hooks.set(hook, [...(this.hooks.get(hook) ?? []), handler]);
  }

  apply(hook: Hook, text: string): string {
    return (this.hooks.get(hook) ?? []).reduce((current, handler) => handler(current), text);
  }
}
