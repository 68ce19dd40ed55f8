import { ConnectionHandler } from './built-in/connection-handler.ts';
import { HeartbeatHandler } from './built-in/heartbeat-handler.ts';
import { HandlerIndex } from './handler-index.ts';
import { HandlerList } from './handler-list.ts';
import { handlerName, type MessageHandler } from './message-handler.ts';
import { type Middleware, runMiddleware } from './middleware.ts';
import { GRACE_PERIOD_MS, type HandlerStatus, handlerStatus } from './readiness.ts';
import { acknowledgement, errorMessage } from './replies.ts';
import type { RouteContext } from './route-context.ts';
import { type RoutedMessage, readMessage } from './routed-message.ts';
import { CONSOLE_LOGGER, guarded, type RouterLogger } from './router-logger.ts';
import { handlerStats, RouterCounters, type RouterStatistics, type RouterStats } from './router-stats.ts';
import { isWireType, LEGACY_TYPES } from './wire-types.ts';

export interface RouterOptions<C extends RouteContext = RouteContext> {
  /** Asked after the custom ones. Left out: connection and heartbeat. */
  readonly builtInHandlers?: readonly MessageHandler<C>[];
  /** Left out: the console. */
  readonly logger?: RouterLogger;
  /** Milliseconds since 1970. Left out: `Date.now`. */
  readonly now?: () => number;
  /** How long a new router may be without handlers. Left out: 10,000. */
  readonly gracePeriodMs?: number;
}

/**
 * Gives each message to the first handler that takes its type. One router serves all connections: the context of the
 * one that a message came from is passed in, and the router keeps nothing of it.
 *
 * It differs from the routers it replaces: JSON-RPC objects are recognised before their (missing) type is looked at; a
 * type that a handler declares in `supportedTypes` is known, and passes as it is even if it is a legacy name; a message
 * without a type is answered with an error, not with an acknowledgement; handlers may have a priority.
 */
export class MessageRouter<C extends RouteContext = RouteContext> {
  readonly #handlers: HandlerList<C>;
  readonly #middleware: Middleware<C>[] = [];
  readonly #counters = new RouterCounters();
  readonly #logger: RouterLogger;
  readonly #now: () => number;
  readonly #gracePeriodMs: number;
  readonly #startedAt: number;
  #index: HandlerIndex<C> | undefined;

  constructor(options: RouterOptions<C> = {}) {
    this.#now = options.now ?? (() => Date.now());
    this.#logger = guarded(options.logger ?? CONSOLE_LOGGER);
    this.#gracePeriodMs = options.gracePeriodMs ?? GRACE_PERIOD_MS;
    this.#startedAt = this.#now();
    this.#handlers = new HandlerList(
      options.builtInHandlers ?? [new ConnectionHandler(this.#now), new HeartbeatHandler(this.#now)],
    );
  }

  /** Custom handlers, then built-in ones: the order in which they are asked. A copy. */
  get handlers(): readonly MessageHandler<C>[] {
    return this.#handlers.all;
  }

  get handlerCount(): number {
    return this.#handlers.count;
  }

  /**
   * Appends to the custom handlers, before those of lower priority at the end. Throws `TypeError` for anything without
   * `canHandle` and `handleMessage`.
   */
  addHandler(handler: MessageHandler<C>): void {
    this.#handlers.add(handler);
    this.#index = undefined;
  }

  /** Puts a custom handler at an index among the custom ones, 0 first; the index is clamped. Throws as `addHandler`. */
  insertHandler(handler: MessageHandler<C>, index = 0): void {
    this.#handlers.insert(handler, index);
    this.#index = undefined;
  }

  /** Whether the very handler was there, among the custom ones first. An absent one is reported, not thrown. */
  removeHandler(handler: MessageHandler<C>): boolean {
    const removed = this.#handlers.remove(handler);
    if (removed) this.#index = undefined;
    else this.#logger.warn('removeHandler: the handler is not registered', { handler });
    return removed;
  }

  /** Class names, or the names that handlers give themselves, in the order in which they are asked. */
  getHandlerOrder(): string[] {
    return this.handlers.map(handlerName);
  }

  /** Appends to what sees every well-formed message before the handlers do. Throws `TypeError` for no function. */
  addMiddleware(middleware: Middleware<C>): void {
    if (typeof middleware !== 'function') throw new TypeError(`A middleware is a function, not ${typeof middleware}`);
    this.#middleware.push(middleware);
  }

  /**
   * Whether the message was taken care of; `received` is parsed JSON. Never rejects: what is thrown goes to the logger.
   *
   * | message | result |
   * |---|---|
   * | a handler takes it | what the handler returns; false when it throws |
   * | known type, no handler | true, with a warning |
   * | unknown type | whether the acknowledgement was accepted |
   * | dropped by a middleware | false |
   * | no object, no type, or a payload that is no object | false, after an `INVALID_MESSAGE` error reply |
   */
  async routeMessage(context: C, received: unknown): Promise<boolean> {
    this.#counters.routed++;
    const read = readMessage(received, this.#now());
    if (typeof read === 'string') return this.#refuse(context, read);
    const incoming = this.#withType(read, this.#knownType(read.type) ?? read.type);
    const passed = this.#middleware.length > 0 ? await this.#passMiddleware(context, incoming) : incoming;
    if (passed === null) return false;
    const type = this.#knownType(passed.type);
    if (type === undefined) return this.#acknowledge(context, passed.type);
    this.#counters.countType(type);
    return this.#handle(context, this.#withType(passed, type));
  }

  getStats(): RouterStats {
    const names = this.getHandlerOrder();
    return {
      ...this.#counters.counts,
      message_types: this.#counters.types,
      handler_stats: handlerStats(this.handlers, this.#logger),
      handler_order: names.map((name, index) => `[${index}] ${name}`),
      handler_count: names.length,
      handler_status: this.getHandlerStatus(),
    };
  }

  /** The same counts in the shape of the old core router. */
  getStatistics(): RouterStatistics {
    return {
      total_messages: this.#counters.routed,
      active_routes: this.#handlers.customCount,
      middleware_count: this.#middleware.length,
      dropped_messages: this.#counters.dropped,
      active: this.#handlers.count > 0,
      production_stats: this.#counters.counts,
    };
  }

  /** Initializing in the grace period; then ready, or error without any handler. */
  getHandlerStatus(): HandlerStatus {
    return handlerStatus(this.getHandlerOrder(), this.#now() - this.#startedAt, this.#gracePeriodMs);
  }

  /** The type under which a message is routed; `undefined` when nobody knows it. */
  #knownType(type: string): string | undefined {
    return isWireType(type) || this.#lookup().declares(type) ? type : LEGACY_TYPES.get(type);
  }

  #lookup(): HandlerIndex<C> {
    this.#index ??= new HandlerIndex(this.#handlers.all, (error, handler, type) => {
      this.#logger.error(`${handlerName(handler)}.canHandle() threw; it is passed over`, { error, type });
    });
    return this.#index;
  }

  #withType(message: RoutedMessage, type: string): RoutedMessage {
    return message.type === type ? message : { ...message, type };
  }

  async #passMiddleware(context: C, message: RoutedMessage): Promise<RoutedMessage | null> {
    let passed: RoutedMessage | null = null;
    try {
      passed = await runMiddleware(this.#middleware, message, context);
    } catch (error) {
      this.#logger.error('A middleware threw; the message is dropped', { error, type: message.type });
    }
    if (passed === null) this.#counters.dropped++;
    return passed;
  }

  async #handle(context: C, message: RoutedMessage): Promise<boolean> {
    const handler = this.#lookup().find(message.type);
    if (!handler) {
      this.#counters.unhandled++;
      this.#logger.warn('No handler takes the message', { type: message.type, user_id: context.userId });
      return true;
    }
    try {
      return (await handler.handleMessage(context, message)) !== false;
    } catch (error) {
      this.#counters.errors++;
      this.#logger.error(`${handlerName(handler)}.handleMessage() threw`, {
        error,
        type: message.type,
        user_id: context.userId,
      });
      return false;
    }
  }

  #acknowledge(context: C, receivedType: string): Promise<boolean> {
    this.#counters.unhandled++;
    return this.#reply(context, acknowledgement(receivedType, context.userId, this.#now()));
  }

  async #refuse(context: C, reason: string): Promise<false> {
    this.#counters.unhandled++;
    await this.#reply(context, errorMessage({ code: 'INVALID_MESSAGE', message: reason }, this.#now()));
    return false;
  }

  async #reply(context: C, message: object): Promise<boolean> {
    try {
      return await context.connection.send(message);
    } catch (error) {
      this.#logger.error('A reply was not sent', { error, user_id: context.userId });
      return false;
    }
  }
}
