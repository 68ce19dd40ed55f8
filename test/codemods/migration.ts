import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import type { Migration } from '../../src/manifest/migration.ts';
import { normalise } from '../../src/manifest/normalise.ts';

/** The migration that the fixtures are about. */
export const input: MigrationInput = {
  name: 'fixtures',
  canonical: {
    'src/router/message-router.ts': {
      MessageRouter: {
        replaces: [
          'src/core/message-router.ts#MessageRouter',
          'src/legacy/old-router.ts#OldRouter',
          'src/legacy/default-router.ts#default',
          {
            export: 'src/services/quality-router.ts#QualityRouter',
            members: { 'new(supervisor, hub)': 'new({ supervisor, hub })' },
          },
        ],
        members: {
          'register_handler(handler)': 'addHandler(handler)',
          'register_handler(type, handler)': 'addHandler(handlerFor(type, handler))',
          'on_type(handler, type)': 'addHandler(handlerFor(type, handler))',
          'route_later(type, make)': 'addHandler(() => make(type))',
          'remove(type, reason)': 'drop(type)',
          'handler_count()': 'getStats().handlers',
          'on_default(handler)': "addHandler(handlerFor('handlerFor', handler, { handlerFor }))",
          'stop()': 'shutdown({ force: true })',
          get_handler_order: 'getHandlerOrder',
        },
        imports: { handlerFor: 'src/router/handler-for.ts' },
      },
    },
    'src/router/route.ts': {
      Route: { replaces: ['src/core/message-router.ts#Route'] },
      RouteOptions: { replaces: ['src/legacy/default-router.ts#RouterOptions'] },
    },
    'src/router/create-router.ts': {
      createRouter: {
        replaces: ['src/core/create-router.ts#create_router'],
        members: { '(name, size?)': '({ name, size })' },
      },
    },
    'src/router/default-logger.ts': { default: { replaces: ['src/core/logger.ts#Logger'] } },
    'src/router/audit.ts': { Audit: { replaces: ['src/core/audit.ts#Audit'] } },
    'src/time/clock.ts': { exports: '*', replaces: ['src/util/old-clock.ts'] },
    '@acme/router': { PackageRouter: { replaces: ['@acme/legacy-router#LegacyRouter'] } },
  },
};

export const migration: Migration = normalise(input, '/target/reroute.config.ts', '');
