import type { AuthConfig } from '../../core/model/connection-types.js';
import { authConfigNotFound, RequestError } from '../http/errors.js';
import { createSingleFlight } from '../store/lock.js';
import { getToolkitSlug, readAuthConfig, readToolkit, type Toolkit } from './auth-config-dto.js';
import type { Upstream } from './upstream-calls.js';
import { upstreamError } from './upstream-error.js';
import { asObject } from './wire-value.js';

/**
 * Reads an auth config and the fields of its toolkit.
 *
 * @throws RequestError `auth_config_not_found` for an unknown id
 */
export async function getAuthConfig(upstream: Upstream, toolkits: ToolkitDirectory, id: string): Promise<AuthConfig> {
  const wire = await toolkits.authConfigs.get(id, () =>
    nullIfMissing(upstream.send((client, options) => client.authConfigs.retrieve(id, options), { isShared: true })),
  );
  if (wire === null) throw authConfigNotFound();
  const slug = getToolkitSlug(wire);
  if (slug === null || asObject(wire)['id'] !== id) throw upstreamError();
  const authConfig = readAuthConfig(wire, await getToolkit(upstream, toolkits, slug));
  if (authConfig === null) throw upstreamError();
  return authConfig;
}

/** Reads a toolkit's name, logo and fields, and caches them. A toolkit unknown to Composio is named by its slug. */
export async function getToolkit(upstream: Upstream, { toolkits }: ToolkitDirectory, slug: string): Promise<Toolkit> {
  const known = await toolkits.get(slug, async () => {
    const wire = await nullIfMissing(
      upstream.send((client, options) => client.toolkits.retrieve(slug, undefined, options), { isShared: true }),
    );
    return wire === null ? null : readToolkit(wire, slug);
  });
  return known ?? readToolkit(null, slug);
}

/** Composio also answers 400 for what does not exist, and a request that only names it can be refused for nothing else. */
const MISSING: readonly RequestError['code'][] = ['not_found', 'auth_config_not_found', 'invalid_request'];

async function nullIfMissing(call: Promise<unknown>): Promise<unknown> {
  try {
    // A body of `null` is an answer that cannot be read, and not a missing resource.
    return (await call) ?? {};
  } catch (error) {
    if (error instanceof RequestError && MISSING.includes(error.code)) return null;
    throw error;
  }
}

/** An auth config can be disabled at any time, and Composio then refuses what is based on it. */
const AUTH_CONFIG_LIFETIME_MS = 60_000;
/** Names, logos and fields change only with releases of Composio's toolkits. */
const TOOLKIT_LIFETIME_MS = 10 * 60_000;
/** A developer who has just created it should not have to wait long. */
const MISS_LIFETIME_MS = 20_000;

/** A handler's cache of auth configs and toolkits, so that a page costs no call for each of them. */
export interface ToolkitDirectory {
  /** As on the wire, with developer credentials. */
  readonly authConfigs: Cache<unknown>;
  readonly toolkits: Cache<Toolkit>;
  /** Returns the toolkit if it is cached. */
  peek(slug: string): Toolkit | undefined;
}

export function createToolkitDirectory(): ToolkitDirectory {
  const toolkits = createCache<Toolkit>({ lifetime: TOOLKIT_LIFETIME_MS, missLifetime: MISS_LIFETIME_MS });
  return {
    authConfigs: createCache({ lifetime: AUTH_CONFIG_LIFETIME_MS, missLifetime: MISS_LIFETIME_MS }),
    toolkits,
    peek: (slug) => toolkits.peek(slug),
  };
}

/** Values that many requests need and that seldom change. Keys come from requests, so the number of entries is bounded. */
interface Cache<Value> {
  /**
   * Returns the value of a key. Simultaneous callers share one `load`, and `null`, for what does not exist, is kept for a
   * shorter time. Errors are not kept.
   */
  get(key: string, load: () => Promise<Value | null>): Promise<Value | null>;
  /** Returns the value if it is cached. */
  peek(key: string): Value | undefined;
  /** Returns whether {@link get} would make no call, because the value is cached, or that there is none. */
  has(key: string): boolean;
}

/** How long a cache keeps what. */
interface CacheLimits {
  /** In ms. */
  readonly lifetime: number;
  /** In ms, for what does not exist. */
  readonly missLifetime: number;
}

const MAX_ENTRIES = 2000;

interface Entry<Value> {
  readonly value: Value | null;
  readonly expiresAt: number;
}

function createCache<Value>({ lifetime, missLifetime }: CacheLimits): Cache<Value> {
  /** The oldest entry is first. */
  const entries = new Map<string, Entry<Value>>();
  const loading = createSingleFlight();

  function keep(key: string, value: Value | null): void {
    entries.delete(key);
    entries.set(key, { value, expiresAt: Date.now() + (value === null ? missLifetime : lifetime) });
    const [oldest] = entries.keys();
    if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  }

  const has = (key: string) => (entries.get(key)?.expiresAt ?? 0) > Date.now();

  return {
    async get(key, work) {
      if (has(key)) return entries.get(key)?.value ?? null;
      return loading.run(key, async () => {
        const value = await work();
        keep(key, value);
        return value;
      });
    },
    peek: (key) => entries.get(key)?.value ?? undefined,
    has,
  };
}
