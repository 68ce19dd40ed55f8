import { createServer, type Server } from 'node:http';
import { ChatApp } from './app';
import { config_from_env } from './config';
import type { ClientSocket } from './core';
import type { HttpResponse } from './http/http_router';
import { create_error_message } from './services/websocket/message_router';

/** The HTTP side of the process. The gateway terminates WebSockets and calls `ChatApp.connect` over its own bridge. */
export function create_server(app: ChatApp = new ChatApp(config_from_env(process.env))): Server {
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = 'GET', url: path = '/' } = request;
    const { status, body } = await respond(app, method, path, text);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
}

async function respond(app: ChatApp, method: string, path: string, text: string): Promise<HttpResponse> {
  try {
    return await app.http.respond({ method, path, body: text === '' ? undefined : JSON.parse(text) });
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON' } };
    console.error(`${method} ${path} failed`, error);
    return { status: 500 };
  }
}

/**
 * Answers everything but heartbeats with a notice, while the database is being moved. Loaded only then: it needs a
 * router, and a pod in maintenance must start with as little as possible.
 */
export async function create_maintenance_endpoint(notice: string) {
  const { MessageRouter } = await import('./services/websocket/message_router');
  const router = new MessageRouter();
  router.register_handler({
    canHandle: (type) => !type.startsWith('heartbeat') && type !== 'ping',
    handleMessage: ({ connection }) => connection.send(create_error_message('MAINTENANCE', notice)),
  });
  return (user_id: string, connection: ClientSocket, frame: unknown) =>
    router.route_message(user_id, connection, frame);
}
