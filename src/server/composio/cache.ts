/** Values that many requests need and that seldom change. Keys come from requests, so the number of entries is bounded. */
export interface Cache<Value> {
  /**
   * Returns the value of a key. Simultaneous callers share one `load`, and `null`, for what does not exist, is kept for a
   * shorter time. Errors are not kept.
   */
  get(key: string, load: () => Promise<Value | null>): Promise<Value | null>;
  /** Returns the value if it is cached. */
  peek(key: string): Value | undefined;
}

/** How long a cache keeps what. */
export interface CacheLimits {
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

export function createCache<Value>({ lifetime, missLifetime }: CacheLimits): Cache<Value> {
  /** The oldest entry is first. */
  const entries = new Map<string, Entry<Value>>();
  const loading = new Map<string, Promise<Value | null>>();

  function keep(key: string, value: Value | null): void {
    entries.delete(key);
    entries.set(key, { value, expiresAt: Date.now() + (value === null ? missLifetime : lifetime) });
    const [oldest] = entries.keys();
    if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  }

  async function load(key: string, work: () => Promise<Value | null>): Promise<Value | null> {
    try {
      const value = await work();
      keep(key, value);
      return value;
    } finally {
      loading.delete(key);
    }
  }

  return {
    async get(key, work) {
      const entry = entries.get(key);
      if (entry !== undefined && entry.expiresAt > Date.now()) return entry.value;
      const shared = loading.get(key) ?? load(key, work);
      if (!loading.has(key)) loading.set(key, shared);
      return shared;
    },
    peek: (key) => entries.get(key)?.value ?? undefined,
  };
}
