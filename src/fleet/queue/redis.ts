import type { ConnectionOptions } from 'bullmq';
import { RerouteError } from '../../base/errors.ts';

type Engine = typeof import('bullmq');

export interface Redis {
  readonly bullmq: Engine;
  readonly connection: ConnectionOptions;
  /** Host and port, without the password. */
  readonly place: string;
  close(): void;
}

/**
 * BullMQ with a connection to Redis, which comes back by itself once it stood. Throws `FLEET_BAD_REDIS`,
 * `FLEET_NO_ENGINE` when the optional packages are not installed, `FLEET_NO_REDIS` when nothing answers.
 */
export async function openRedis(address: string): Promise<Redis> {
  const place = placeOf(address);
  const [bullmq, ioredis] = await Promise.all([load(() => import('bullmq')), load(() => import('ioredis'))]);
  let hasStood = false;
  const client = new ioredis.Redis(address, {
    lazyConnect: true,
    // Workers wait for a Redis that is started again.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (hasStood ? Math.min(times * 100, 3000) : null),
  });
  let said = '';
  client.on('error', (error: Error) => {
    said = error.message;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    client.disconnect();
    throw new RerouteError({
      code: 'FLEET_NO_REDIS',
      message: `No Redis answers at ${place}.`,
      details: [said || (error as Error).message],
      next: 'Start one: redis-server --appendonly yes   (or correct --redis)',
      cause: error,
    });
  }
  hasStood = true;
  return { bullmq, connection: client, place, close: () => client.disconnect() };
}

function placeOf(address: string): string {
  if (URL.canParse(address)) {
    const { protocol, host } = new URL(address);
    if ((protocol === 'redis:' || protocol === 'rediss:') && host !== '') return host;
  }
  throw new RerouteError({
    code: 'FLEET_BAD_REDIS',
    message: 'The address of Redis cannot be used.',
    next: '--redis redis://127.0.0.1:6379   (rediss:// with TLS, redis://user:password@host:port/database)',
  });
}

async function load<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new RerouteError({
      code: 'FLEET_NO_ENGINE',
      message: 'Queues need BullMQ and ioredis, which are not installed.',
      details: [(error as Error).message],
      next: `npm install ${ENGINE}`,
      cause: error,
    });
  }
}

/** As package.json has them, which a test compares. */
const ENGINE = 'bullmq@6.7.0 ioredis@6.0.0';
