export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface HttpResponse {
  readonly status: number;
  readonly body?: unknown;
}

export type HttpHandler = (request: HttpRequest, parameters: Readonly<Record<string, string>>) => HttpResponse | Promise<HttpResponse>;
export type HttpMiddleware = (request: HttpRequest) => HttpResponse | undefined;

/** Routes for the few HTTP endpoints that we have: `/threads/:id`. */
export class HttpRouter {
  private readonly routes: { method: string; pattern: RegExp; handler: HttpHandler }[] = [];
  private readonly middleware: HttpMiddleware[] = [];

  add_route(method: string, path: string, handler: HttpHandler): void {
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    this.routes.push({ method, pattern, handler });
  }

  /** A middleware that returns a response ends the request. */
  add_middleware(middleware: HttpMiddleware): void {
    this.middleware.push(middleware);
  }

  async respond(request: HttpRequest): Promise<HttpResponse> {
    for (const middleware of this.middleware) {
      const response = middleware(request);
      if (response) return response;
    }
    for (const { method, pattern, handler } of this.routes) {
      const match = method === request.method ? pattern.exec(request.path) : null;
      if (match) return handler(request, { ...match.groups });
    }
    return { status: 404 };
  }
}
