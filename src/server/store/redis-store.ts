import { isObject } from '../composio/wire-value.js';
import type { ConnectStore, StoredValue, StoreOptions } from './store.js';

/**
 * A client of Redis: `ioredis`, `redis` (node-redis 4 and later) or `@upstash/redis`. Their types differ too much for one
 * interface, so the members are checked when the store is created.
 */
export interface RedisClientLike {
  get(key: string): PromiseLike<unknown>;
}

/** The commands that the store uses, the same for every client. */
interface RedisCommands {
  get(key: string): PromiseLike<unknown>;
  /** @param onlyIfAbsent as NX: returns null if the key exists */
  set(key: string, text: string, ms: number, onlyIfAbsent: boolean): PromiseLike<unknown>;
  increment(key: string): PromiseLike<unknown>;
  expire(key: string, ms: number): PromiseLike<unknown>;
  delete(key: string): PromiseLike<unknown>;
}

/**
 * Creates a {@link ConnectStore} with both atomic steps. The client stays the app's own: the app connects and closes it.
 *
 * @param client of `ioredis`, `redis` (node-redis 4 and later) or `@upstash/redis`
 * @throws Error if it is none of them
 */
export function redisStore(client: RedisClientLike): ConnectStore {
  const commands = readCommands(client);
  return {
    get: async (key) => parse(await commands.get(key)),
    set: (key, value, options) => commands.set(key, JSON.stringify(value), milliseconds(options), false),
    delete: (key) => commands.delete(key),
    async setIfAbsent(key: string, value: StoredValue, options: StoreOptions) {
      return (await commands.set(key, JSON.stringify(value), milliseconds(options), true)) === 'OK';
    },
    async increment(key: string, options: StoreOptions) {
      // A counter that is created with its end cannot outlive it, even if this process dies in between.
      const isNew = (await commands.set(key, '0', milliseconds(options), true)) === 'OK';
      const count = Number(await commands.increment(key));
      // An older one may have ended between the two steps, and INCR makes one without an end.
      if (count === 1 && !isNew) await commands.expire(key, milliseconds(options));
      return count;
    },
  };
}

function milliseconds({ ttl }: StoreOptions): number {
  return Math.ceil(ttl * 1000);
}

/** Upstash's client parses JSON itself, unless it was told not to. */
function parse(found: unknown): unknown {
  if (typeof found !== 'string') return found;
  try {
    return JSON.parse(found);
  } catch {
    return null;
  }
}

type Command = (...args: unknown[]) => PromiseLike<unknown>;

function readCommands(client: unknown): RedisCommands {
  const members: Readonly<Record<string, unknown>> = isObject(client) ? client : {};
  const has = (name: string) => typeof members[name] === 'function';
  const call =
    (...names: string[]): Command =>
    (...args) => {
      const name = names.find(has) ?? '';
      return (members[name] as Command).apply(client, args);
    };
  if (!['get', 'set', 'incr'].every(has) || !(has('del') || has('getdel') || has('getDel'))) {
    throw new Error(
      'redisStore: pass a client of `ioredis`, `redis` (version 4 or later) or `@upstash/redis`, like `redisStore(new Redis(url))`.',
    );
  }
  const set = call('set');
  return {
    get: call('get'),
    set: (key, text, ms, onlyIfAbsent) => {
      // node-redis writes its options in capitals, Upstash in small letters, and ioredis has arguments instead.
      if (has('pExpire') || has('getDel')) return set(key, text, { PX: ms, ...(onlyIfAbsent && { NX: true }) });
      if (has('defineCommand')) return set(key, text, 'PX', ms, ...(onlyIfAbsent ? ['NX'] : []));
      return set(key, text, { px: ms, ...(onlyIfAbsent && { nx: true }) });
    },
    increment: call('incr'),
    expire: call('pExpire', 'pexpire'),
    delete: call('del', 'getdel', 'getDel'),
  };
}
