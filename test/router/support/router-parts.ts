import type {
  Connection,
  MessageHandler,
  RouteContext,
  RoutedMessage,
  RouterLogger,
} from '../../../src/router/index.ts';

export class RecordingConnection implements Connection {
  readonly id = 'c1';
  readonly sent: Record<string, unknown>[] = [];
  readonly #accepts: boolean;

  constructor(accepts = true) {
    this.#accepts = accepts;
  }

  send(message: object): boolean {
    this.sent.push(message as Record<string, unknown>);
    return this.#accepts;
  }
}

export class RecordingLogger implements RouterLogger {
  readonly warnings: string[] = [];
  readonly errors: { readonly message: string; readonly error: unknown }[] = [];

  warn(message: string): void {
    this.warnings.push(message);
  }

  error(message: string, details: { readonly error: unknown }): void {
    this.errors.push({ message, error: details.error });
  }
}

/** A handler without `supportedTypes`: the router has to ask it. */
export class Dynamic implements MessageHandler {
  readonly messages: RoutedMessage[] = [];
  readonly contexts: RouteContext[] = [];
  asked = 0;
  readonly name: string;
  readonly #types: readonly string[];
  readonly #result: boolean;

  constructor(name: string, types: readonly string[], result = true) {
    this.name = name;
    this.#types = types;
    this.#result = result;
  }

  canHandle(type: string): boolean {
    this.asked++;
    return this.#types.includes(type);
  }

  async handleMessage(context: RouteContext, message: RoutedMessage): Promise<boolean> {
    this.contexts.push(context);
    this.messages.push(message);
    return this.#result;
  }
}

/** The same with its types declared. */
export class Declared extends Dynamic {
  readonly supportedTypes: readonly string[];

  constructor(name: string, types: readonly string[]) {
    super(name, types);
    this.supportedTypes = types;
  }
}

/** A clock that stands still until it is moved; milliseconds. */
export class ManualClock {
  milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  readonly now = (): number => this.milliseconds;
}

export function contextOf(userId: string, connection: Connection = new RecordingConnection()): RouteContext {
  return { userId, connection };
}
