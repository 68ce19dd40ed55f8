import { defineMigration } from 'reroute';

/** This router registers a function for each type; the WebSocket router, an object that says what it takes. */
const coreRouter = {
  'register_handler(type, handler, priority?)': 'addHandler(handlerFor(type, handler, priority))',
  'add_route(type, handler)': 'addHandler(handlerFor(type, handler))',
  'route_message(context, frame)': 'routeMessage(context, frame)',
  'get_route_count()': 'getStatistics().active_routes',
  add_middleware: 'addMiddleware',
  get_statistics: 'getStatistics',
};

/** The migration that this repo ships: the legacy message routers of `examples/chat-backend` onto `reroute/router`. */
export default defineMigration({
  name: 'message-router',
  canonical: {
    'reroute/router': {
      MessageRouter: {
        replaces: [
          { export: 'src/core/message_router.ts#MessageRouter', members: coreRouter },
          { export: 'src/services/message_router.ts#WebSocketMessageRouter', members: coreRouter },
          {
            export: 'src/services/websocket/message_router.ts#MessageRouter',
            members: {
              'register_handler(handler)': 'addHandler(handler)',
              'route_message(user_id, connection, frame)': 'routeMessage({ userId: user_id, connection }, frame)',
            },
          },
          {
            export: 'src/services/websocket/quality_message_router.ts#QualityMessageRouter',
            members: {
              // What it did itself becomes its built-in handlers; registered ones come before them, as they did.
              'new(supervisor, reports, monitor)': 'new({ builtInHandlers: [supervisor, reports, monitor] })',
              'register_handler(type, handler)': 'addHandler(handlerFor(type, handler))',
              'handle_message(user_id, connection, frame)': 'routeMessage({ userId: user_id, connection }, frame)',
            },
          },
        ],
        members: {
          insert_handler: 'insertHandler',
          remove_handler: 'removeHandler',
          handler_count: 'handlerCount',
          get_handler_order: 'getHandlerOrder',
          get_handler_status: 'getHandlerStatus',
          get_stats: 'getStats',
        },
        imports: { handlerFor: 'reroute/router' },
      },
      errorMessage: {
        replaces: [
          {
            export: 'src/services/websocket/message_router.ts#create_error_message',
            members: { '(code, message)': '({ code, message })' },
          },
        ],
      },
      Connection: { replaces: ['src/core/message_router.ts#ClientSocket'] },
      ErrorMessage: { replaces: ['src/services/websocket/message_router.ts#ErrorReply'] },
      HandlerStatus: { replaces: ['src/services/websocket/message_router.ts#HandlerStatus'] },
      MessageHandler: { replaces: ['src/services/websocket/message_router.ts#MessageHandler'] },
      Middleware: { replaces: ['src/core/message_router.ts#Middleware'] },
      RouteContext: { replaces: ['src/core/message_router.ts#RouteContext'] },
      RoutedMessage: { replaces: ['src/core/message_router.ts#RoutedMessage'] },
      RouteHandler: {
        replaces: ['src/core/message_router.ts#RouteHandler', 'src/services/message_router.ts#WebSocketRouteHandler'],
      },
      RouterStatistics: { replaces: ['src/core/message_router.ts#RouterStatistics'] },
      RouterStats: { replaces: ['src/services/websocket/message_router.ts#RouterStats'] },
    },
  },
  review: {
    'src/services/websocket/event_router.ts#websocket_event_router':
      'It reaches any user from anywhere. Events need the context of a user: make a router for that user and pass it in.',
  },
  phases: [
    { name: 'consolidate', steps: ['proxies'] },
    { name: 'production', files: ['src/**', 'scripts/**'], steps: ['imports', 'members'] },
    { name: 'integration-tests', files: ['test/integration/**'], steps: ['imports', 'members'] },
    { name: 'unit-tests', files: ['test/**'], steps: ['imports', 'members'] },
  ],
  gates: ['types', 'npm test'],
});
