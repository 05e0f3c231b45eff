import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import { type AuthConfig, MAX_IDS_PER_REQUEST } from '../model/connection-types.js';

/** The promise of an auth config that has not been read yet. */
interface PendingRead {
  resolve(authConfig: AuthConfig | null): void;
  reject(error: unknown): void;
}

/** Reads some auth configs and the user's accounts of them. Returns null if the backend does not serve auth configs. */
export type ReadBatch = (authConfigIds: readonly string[]) => Promise<readonly AuthConfig[] | null>;

/** Resolves when the batch should be sent. */
export type Gather = () => Promise<void>;

/** Batches the auth configs that the elements of a page need at the same time into one request, and caches them. */
export class AuthConfigBatch {
  readonly #gather: Gather;
  readonly #read: ReadBatch;
  readonly #cache = new Map<string, Promise<AuthConfig | null>>();
  /** The reads that have not been sent. */
  #queued = new Map<string, PendingRead>();

  constructor(gather: Gather, read: ReadBatch) {
    this.#gather = gather;
    this.#read = read;
  }

  /** The ids whose read has been sent. */
  get known(): readonly string[] {
    return [...this.#cache.keys()].filter((id) => !this.#queued.has(id));
  }

  /** Returns an auth config, or null if the backend does not serve auth configs. @throws {@link ConnectError} */
  load(authConfigId: string): Promise<AuthConfig | null> {
    const cached = this.#cache.get(authConfigId);
    if (cached !== undefined) return cached;
    if (this.#queued.size === 0) void this.#gather().then(() => this.#send());
    const loading = new Promise<AuthConfig | null>((resolve, reject) => {
      this.#queued.set(authConfigId, { resolve, reject });
    });
    this.#cache.set(authConfigId, loading);
    // A failed read is not cached: the next call tries again.
    loading.catch(() => {
      if (this.#cache.get(authConfigId) === loading) this.#cache.delete(authConfigId);
    });
    return loading;
  }

  /** Clears the cache and rejects the reads that have not been sent. */
  stop(reason: unknown): void {
    const queued = [...this.#queued.values()];
    this.#queued.clear();
    this.#cache.clear();
    for (const { reject } of queued) reject(reason);
  }

  #send(): void {
    const reads = this.#queued;
    this.#queued = new Map();
    const ids = [...reads.keys()];
    for (let start = 0; start < ids.length; start += MAX_IDS_PER_REQUEST) {
      void this.#readChunk(reads, ids.slice(start, start + MAX_IDS_PER_REQUEST));
    }
  }

  async #readChunk(reads: ReadonlyMap<string, PendingRead>, ids: readonly string[]): Promise<void> {
    try {
      const authConfigs = await this.#read(ids);
      for (const id of ids) settle(reads.get(id), id, authConfigs);
    } catch (error) {
      const halves = halvesOfRefused(ids, error);
      for (const half of halves) void this.#readChunk(reads, half);
      if (halves.length === 0) for (const id of ids) reads.get(id)?.reject(error);
    }
  }
}

function settle(read: PendingRead | undefined, id: string, authConfigs: readonly AuthConfig[] | null): void {
  const found = authConfigs?.find((authConfig) => authConfig.id === id);
  if (found || !authConfigs) read?.resolve(found ?? null);
  else read?.reject(new ConnectError(unknownAuthConfig(id)));
}

function unknownAuthConfig(id: string) {
  const message = `The backend does not know the auth config "${id}". Check \`authConfigId\`.`;
  return connectErrorInfo('auth_config_not_found', message);
}

/**
 * Returns the halves of ids that a backend refused together, or none if they cannot be halved. One malformed id must not
 * fail the others, and a backend of an earlier version takes 50 ids.
 */
export function halvesOfRefused(ids: readonly string[], error: unknown): ReadonlyArray<readonly string[]> {
  if (ids.length < 2 || !(error instanceof ConnectError) || error.info.status !== 400) return [];
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)];
}
