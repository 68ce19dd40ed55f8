import { AgentRegistry } from './agents/agent_registry';
import { AgentRunner } from './agents/agent_runner';
import { CompensationEngine } from './agents/compensation_engine';
import { type Config, DEFAULT_CONFIG } from './config';
import { type Clock, RouterRegistry } from './core';
import { EventBus } from './events/event_bus';
import { create_direct_message_router } from './gateway/direct_messages';
import { type Health, health_of } from './health';
import { create_http_api } from './http/http_api';
import { schedule_digests } from './jobs/digest_job';
import { JobWorker } from './jobs/job_worker';
import { create_metrics_router } from './metrics/metrics_bridge.js';
import { type Mailer, Notifier, OutboxMailer } from './notifications/notifier';
import { PluginHost } from './plugins/plugin_host';
import { add_presence_routes } from './presence/presence_routes';
import { PresenceTracker } from './presence/presence_tracker';
import { QualityMonitor } from './quality/quality_monitor';
import { MessageQueue } from './queue/message_queue';
import { rate_limit_middleware } from './rate_limit/rate_limit_middleware';
import { RateLimiter } from './rate_limit/rate_limiter';
import { ConnectionManager, type RawSocket, SocketConnection, SocketSession, websocket_event_router } from './services';
import { create_quality_router, create_socket_router } from './services/websocket/router_factory';
import { add_thread_routes } from './threads/thread_routes';
import { ThreadService } from './threads/thread_service';
import { ThreadStore } from './threads/thread_store';
import { add_user_routes } from './users/user_routes';
import { UserService } from './users/user_service';
import { WebhookDispatcher } from './webhooks/webhook_dispatcher';

/** The whole backend without its sockets and ports. */
export class ChatApp {
  readonly users: UserService;
  readonly threads: ThreadService;
  readonly agents = new AgentRegistry();
  readonly compensation = new CompensationEngine();
  readonly events = new EventBus();
  readonly queue = new MessageQueue();
  readonly webhooks = new WebhookDispatcher();
  readonly plugins = new PluginHost();
  readonly connections = new ConnectionManager();
  readonly limiter: RateLimiter;
  readonly presence: PresenceTracker;
  readonly monitor: QualityMonitor;
  readonly worker: JobWorker;
  readonly notifier = new Notifier(this.queue);
  readonly http;
  /** For the gateway, which carries messages between regions. */
  readonly direct_messages = create_direct_message_router(this.connections);
  /** For the metrics agent on this host. */
  readonly metrics;
  private readonly tenants: RouterRegistry;
  private readonly chat_router;
  private readonly quality_router;
  private next_connection = 1;
  maintenance = false;

  constructor(
    private readonly config: Config = DEFAULT_CONFIG,
    clock: Clock = Date.now,
    private readonly mailer: Mailer = new OutboxMailer(),
  ) {
    this.users = new UserService(clock);
    this.threads = new ThreadService(new ThreadStore(), clock);
    this.limiter = new RateLimiter(config.burst, config.messages_per_second, clock);
    this.presence = new PresenceTracker(config.away_after_ms, clock);
    this.monitor = new QualityMonitor(clock);
    this.worker = new JobWorker(clock);
    this.tenants = new RouterRegistry([rate_limit_middleware(this.limiter)]);
    const agents = new AgentRunner(this.agents, this.compensation, this.monitor);
    const { threads, connections, plugins } = this;
    const { max_message_length } = config;
    this.chat_router = create_socket_router({ threads, agents, connections, plugins, max_message_length });
    this.quality_router = create_quality_router(this.monitor, config.quality_threshold);
    this.http = create_http_api({
      health: () => this.health(),
      webhooks: this.webhooks,
      is_maintenance: () => this.maintenance,
    });
    this.metrics = create_metrics_router({
      queue: () => this.queue.get_stats(),
      worker: () => this.worker.get_stats(),
      limiter: () => this.limiter.get_statistics(),
    });
    websocket_event_router.attach(this.connections);
    this.react();
  }

  async connect(user_id: string, socket: RawSocket, tenant = 'default'): Promise<SocketSession> {
    this.users.touch(user_id);
    const connection = new SocketConnection(`c${this.next_connection++}`, socket);
    const quality = this.users.may_review(user_id) ? this.quality_router : undefined;
    const routers = { chat: this.chat_router, control: this.control_router(tenant), quality };
    const session = new SocketSession(user_id, connection, this.connections, routers);
    await session.open();
    this.events.emit('user_joined', { user_id });
    return session;
  }

  async disconnect(session: SocketSession): Promise<void> {
    await session.close();
    if (!this.connections.is_connected(session.user_id)) this.events.emit('user_left', { user_id: session.user_id });
  }

  health(tenant = 'default'): Health {
    return health_of(this.chat_router, this.control_router(tenant));
  }

  private control_router(tenant: string) {
    const router = this.tenants.open(tenant);
    if (router.get_route_count() === 0) {
      add_user_routes(router, this.users);
      add_presence_routes(router, this.presence);
      add_thread_routes(router, this.threads);
    }
    return router;
  }

  private react(): void {
    this.events.register_handler('user_joined', ({ user_id }) => this.presence.sign_of_life(user_id));
    this.events.register_handler('user_left', ({ user_id }) => this.presence.gone(user_id));
    this.queue.register_handler('digest', async ({ body }) => {
      await this.notifier.notify(String(body.user_id), `You missed something in ${body.titles}`);
    });
    this.queue.register_handler('mail', ({ body }) => this.mailer.send(String(body.user_id), String(body.text)));
    this.webhooks.register_handler('deploy', () => {
      this.maintenance = !this.maintenance;
      return true;
    });
    schedule_digests(this.worker, this.queue, this.threads, () => this.users.ids());
    this.worker.register_handler('drain queue', async () => void (await this.queue.drain()), 1_000);
  }
}
