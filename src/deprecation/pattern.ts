/** What is done about a use beside counting it. `throw` throws where the deprecated thing is called. */
export type Policy = 'silence' | 'warn' | 'throw';

export interface Rule {
  readonly pattern: RegExp;
  readonly policy: Policy;
}

/**
 * A pattern for ids: `*` is any text, it may begin at any folder, and what follows a module's name may be left out.
 * `core/*`, `core/message_router`, `*#MessageRouter.register_handler`; names and codes match too.
 */
export function patternOf(text: string): RegExp {
  const inner = text
    .trim()
    .replace(/[\\^$.+?()[\]{}|]/g, '\\$&')
    .replace(/\*/g, '.*');
  return new RegExp(`(?:^|/)${inner}(?:\\.[cm]?[jt]sx?)?(?:#.*)?$`);
}
