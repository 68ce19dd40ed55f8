/**
 * A module of the example, `src/probe.ts`, in the words of the three legacy routers. Run, it prints what they do: one JSON
 * line a call, with what it returned and what it did meanwhile, in order. Times are left out.
 */
export const LEGACY_PROBE = `import { MessageRouter, type Middleware } from './core/message_router';
import { WebSocketMessageRouter } from './services/message_router';
import { MessageRouter as ChatRouter, create_error_message, type MessageHandler } from './services/websocket/message_router';
import { QualityMessageRouter } from './services/websocket/quality_message_router';

const effects: unknown[] = [];
const connection = { id: 'c1', send: (event: object) => (effects.push(['sent', event]), true) };
const context = { userId: 'ann', connection };
const without_times = (key: string, value: unknown) => (/timestamp|elapsed|^time/.test(key) ? undefined : value);
async function tell(name: string, call: () => unknown): Promise<void> {
  let returned: unknown;
  try {
    returned = await call();
  } catch (error) {
    returned = (error as Error).name;
  }
  console.log(JSON.stringify([name, returned, ...effects.splice(0)], without_times));
}
const takes = (name: string) => (_: unknown, message: { type: string; payload: object }) =>
  void effects.push([name, message.type, message.payload]);

const FRAMES: unknown[] = [
  { type: 'chat', payload: { text: 'hi' } },
  { type: 'typing', payload: {} },
  { type: 'custom', payload: { n: 1 } },
  { type: 'broken', payload: {} },
  { type: 'refused', payload: {} },
  { type: 'thread_update', payload: { dropped: true } },
];

// A function per type: the highest priority first, the older one of equals.
const core = new MessageRouter();
core.register_handler('chat', takes('low'), -1);
core.register_handler('chat', takes('first'));
core.register_handler('chat', takes('second'));
core.register_handler('custom', takes('custom'), 5);
core.register_handler('broken', () => { throw new Error('broken'); });
core.add_route('refused', () => false);
core.add_route('user_typing', takes('typing'));
const drop: Middleware = (message) => (effects.push(['saw', message.type]), message.payload.dropped ? null : message);
core.add_middleware(drop);
for (const frame of FRAMES) await tell('core', () => core.route_message(context, frame));
await tell('core routes', () => core.get_route_count());
await tell('core counts', () => core.get_statistics().dropped_messages + core.get_statistics().middleware_count);
await tell('no function', () => core.register_handler('x', 'y' as never));

const gateway = new WebSocketMessageRouter();
gateway.add_route('direct_message', takes('direct'));
await tell('gateway', () => gateway.route_message(context, { type: 'direct_message', payload: { to: 'bob' } }));

// Handler objects.
class Notes implements MessageHandler {
  canHandle(type: string): boolean {
    return type === 'chat' || type === 'refused';
  }
  async handleMessage(_: unknown, { type, payload }: { type: string; payload: object }): Promise<boolean> {
    effects.push(['notes', type, payload]);
    return type !== 'refused';
  }
}
class Watch extends Notes {}
const chat = new ChatRouter();
const notes = new Notes();
chat.register_handler(notes);
chat.insert_handler(new Watch(), 0);
for (const frame of FRAMES.slice(0, 3)) await tell('chat', () => chat.route_message('ann', connection, frame));
await tell('chat ping', () => chat.route_message('ann', connection, { type: 'ping' }));
await tell('chat order', () => chat.get_handler_order());
await tell('chat removed', () => (chat.remove_handler(notes), chat.handler_count));
await tell('chat status', () => chat.get_handler_status().status);
await tell('chat stats', () => chat.get_stats().messages_routed);
await tell('wrong router', () => chat.register_handler(takes('x') as never));
await tell('error', () => create_error_message('LIMIT', 'slow down'));

// Collaborators in the constructor; what is registered comes before them.
class Only extends Notes {
  readonly supportedTypes: readonly string[];
  constructor(type: string) {
    super();
    this.supportedTypes = [type];
  }
  override canHandle(type: string): boolean {
    return this.supportedTypes.includes(type);
  }
}
const quality = new QualityMessageRouter(new Only('review'), new Only('report'), new Only('watch'));
for (const type of ['review', 'report', 'watch']) {
  await tell('quality', () => quality.handle_message('eve', connection, { type, payload: { type } }));
}
quality.register_handler('report', takes('override'));
quality.register_handler('report', takes('too late'));
await tell('quality override', () => quality.handle_message('eve', connection, { type: 'report', payload: {} }));
await tell('quality unknown', () => quality.handle_message('eve', connection, { type: 'nobody', payload: {} }));
await tell('quality stats', () => quality.get_stats().messages_routed);
`;
