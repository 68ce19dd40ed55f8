import { NotFoundError } from './errors';
import * as routing from './message_router';

/** The control routers by tenant; each tenant has its own routes. */
export class RouterRegistry {
  private readonly routers = new Map<string, routing.MessageRouter>();

  constructor(private readonly defaults: readonly routing.Middleware[] = []) {}

  open(tenant: string): routing.MessageRouter {
    const existing = this.routers.get(tenant);
    if (existing) return existing;
    const router = new routing.MessageRouter();
    for (const middleware of this.defaults) router.add_middleware(middleware);
    this.routers.set(tenant, router);
    return router;
  }

  /** One route for all tenants that are open now, such as a maintenance notice. */
  add_route_everywhere(type: string, handler: routing.RouteHandler): void {
    this.routers.forEach((router) => router.add_route(type, handler));
  }

  close(tenant: string): void {
    if (!this.routers.delete(tenant)) throw new NotFoundError('Tenant', tenant);
  }

  total_messages(): number {
    return [...this.routers.values()].reduce((sum, router) => sum + router.get_statistics().total_messages, 0);
  }
}
