import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { AuthConfig } from '../model/connection-types.js';
import { MAX_IDS_PER_REQUEST } from './read-accounts.js';

/** One who waits for an auth config. */
interface Asker {
  resolve(authConfig: AuthConfig | null): void;
  reject(thrown: unknown): void;
}

/** Reads some auth configs and the user's accounts of them; null where the backend does not offer auth configs. */
export type ReadBatch = (authConfigIds: readonly string[]) => Promise<readonly AuthConfig[] | null>;

/** Resolves when whoever asks at this time has asked. */
export type Gather = () => Promise<void>;

/** Gathers what the elements of a page ask for at the same time, and asks the backend once. What is known is not asked again. */
export class ConnectionBatch {
  readonly #gather: Gather;
  readonly #read: ReadBatch;
  readonly #answers = new Map<string, Promise<AuthConfig | null>>();
  #asked = new Map<string, Asker>();

  constructor(gather: Gather, read: ReadBatch) {
    this.#gather = gather;
    this.#read = read;
  }

  /** The auth configs that were read. */
  get known(): readonly string[] {
    return [...this.#answers.keys()].filter((id) => !this.#asked.has(id));
  }

  /** Null where the backend does not offer auth configs. @throws {@link ConnectError} */
  ask(authConfigId: string): Promise<AuthConfig | null> {
    const known = this.#answers.get(authConfigId);
    if (known !== undefined) return known;
    if (this.#asked.size === 0) void this.#gather().then(() => this.#readAsked());
    const answer = new Promise<AuthConfig | null>((resolve, reject) => {
      this.#asked.set(authConfigId, { resolve, reject });
    });
    this.#answers.set(authConfigId, answer);
    // What failed may succeed for whoever asks next.
    answer.catch(() => {
      if (this.#answers.get(authConfigId) === answer) this.#answers.delete(authConfigId);
    });
    return answer;
  }

  /** Forgets what is known. Whoever still waits is told so. */
  stop(reason: unknown): void {
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    this.#answers.clear();
    for (const { reject } of asked) reject(reason);
  }

  #readAsked(): void {
    const asked = this.#asked;
    this.#asked = new Map();
    const ids = [...asked.keys()];
    for (let start = 0; start < ids.length; start += MAX_IDS_PER_REQUEST) {
      void this.#readChunk(asked, ids.slice(start, start + MAX_IDS_PER_REQUEST));
    }
  }

  async #readChunk(asked: ReadonlyMap<string, Asker>, ids: readonly string[]): Promise<void> {
    try {
      const authConfigs = await this.#read(ids);
      for (const id of ids) settle(asked.get(id), id, authConfigs);
    } catch (thrown) {
      // One id that cannot be an id must not spoil the others.
      if (ids.length > 1 && isBadRequest(thrown)) for (const id of ids) void this.#readChunk(asked, [id]);
      else for (const id of ids) asked.get(id)?.reject(thrown);
    }
  }
}

function settle(asker: Asker | undefined, id: string, authConfigs: readonly AuthConfig[] | null): void {
  const found = authConfigs?.find((authConfig) => authConfig.id === id);
  if (found || !authConfigs) asker?.resolve(found ?? null);
  else asker?.reject(new ConnectError(unknownAuthConfig(id)));
}

function unknownAuthConfig(id: string) {
  const message = `The backend knows no auth config "${id}": check the attribute auth-config-id.`;
  return connectErrorInfo('auth_config_not_found', message);
}

function isBadRequest(thrown: unknown): boolean {
  return thrown instanceof ConnectError && thrown.info.status === 400;
}
