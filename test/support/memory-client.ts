import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import type {
  CompleteConnectionClient,
  LinkOptions,
  ListQuery,
  NewLink,
} from '../../src/core/model/connection-client.js';
import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionStatus,
  StartedConnection,
} from '../../src/core/model/connection-types.js';

/** Returns an ACTIVE account of `ac_github`, with the fields of `different` replaced. */
export function connectedAccount(different: Partial<ConnectedAccount> = {}): ConnectedAccount {
  return {
    id: 'ca_1',
    toolkit: { slug: 'github', name: 'GitHub' },
    authConfig: { id: 'ac_github', authScheme: 'OAUTH2', isComposioManaged: true, isDisabled: false },
    alias: null,
    wordId: 'github_red-castle',
    displayName: 'octocat',
    status: 'ACTIVE',
    statusReason: null,
    isDisabled: false,
    createdAt: '2026-03-01T11:00:00.000Z',
    updatedAt: '2026-03-01T11:00:30.000Z',
    ...different,
  };
}

/** Returns the auth config `ac_github`, with the fields of `different` replaced. */
export function authConfig(different: Partial<AuthConfig> = {}): AuthConfig {
  return {
    id: 'ac_github',
    authScheme: 'OAUTH2',
    isComposioManaged: true,
    isDisabled: false,
    toolkit: { slug: 'github', name: 'GitHub' },
    fields: [],
    ...different,
  };
}

/** Returns the error for a response of this HTTP status. */
export function httpFailure(status: number, code: ConnectError['code'], retryAfter?: number): ConnectError {
  return new ConnectError(connectErrorInfo(code, `The backend answered ${status}.`, { status }), { retryAfter });
}

type Method = keyof CompleteConnectionClient;

/** A backend in memory that keeps accounts, creates links, and can be scripted. */
export class MemoryClient implements CompleteConnectionClient {
  configs: readonly AuthConfig[] = [authConfig()];
  accounts: readonly ConnectedAccount[] = [];
  /** Every call, with its arguments. */
  readonly calls: Array<{ readonly method: Method; readonly given: readonly unknown[] }> = [];
  readonly #wallNow: () => number;
  readonly #next = new Map<Method, Array<() => unknown>>();
  readonly #always = new Map<Method, () => unknown>();
  #made = 0;

  constructor(wallNow: () => number = Date.now) {
    this.#wallNow = wallNow;
  }

  /** Scripts the next call of `method`. Several scripts queue up. */
  next(method: Method, answer: () => unknown): void {
    this.#next.set(method, [...(this.#next.get(method) ?? []), answer]);
  }

  /** Scripts every call of `method` from now on, or ends the script. */
  always(method: Method, answer?: () => unknown): void {
    if (answer) this.#always.set(method, answer);
    else this.#always.delete(method);
  }

  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Returns the arguments of the newest call of `method`. */
  given(method: Method): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).pop()?.given ?? [];
  }

  /** Changes an account upstream. */
  change(id: string, change: Partial<ConnectedAccount>): void {
    this.accounts = this.accounts.map((account) => (account.id === id ? { ...account, ...change } : account));
  }

  authConfigs(...given: Parameters<CompleteConnectionClient['authConfigs']>): Promise<readonly AuthConfig[]> {
    return this.#answer('authConfigs', given, () => this.configs.filter(({ id }) => given[0].includes(id)));
  }

  link(...given: Parameters<CompleteConnectionClient['link']>): Promise<NewLink> {
    return this.#answer('link', given, () => this.#makeLink(given[1], given[2] ?? {}));
  }

  get(...given: Parameters<CompleteConnectionClient['get']>): Promise<ConnectedAccount> {
    return this.#answer('get', given, () => this.#find(given[0]));
  }

  initiate(...given: Parameters<CompleteConnectionClient['initiate']>): Promise<StartedConnection> {
    return this.#answer('initiate', given, () => {
      const { id, status } = this.#makeAccount(given[1], given[2]?.alias, 'ACTIVE');
      return { id, status, redirectUrl: null };
    });
  }

  waitForConnection(...given: Parameters<CompleteConnectionClient['waitForConnection']>): Promise<ConnectedAccount> {
    return this.#answer('waitForConnection', given, () => this.#find(given[0]));
  }

  list(...given: Parameters<CompleteConnectionClient['list']>): Promise<ConnectedAccountPage> {
    return this.#answer('list', given, () => this.#page(given[0] ?? {}));
  }

  refresh(...given: Parameters<CompleteConnectionClient['refresh']>): Promise<StartedConnection> {
    return this.#answer('refresh', given, () => ({ ...this.#find(given[0]), redirectUrl: null }));
  }

  update(...given: Parameters<CompleteConnectionClient['update']>): Promise<ConnectedAccount> {
    const [id, change] = given;
    const { alias, enabled } = { alias: undefined, enabled: undefined, ...change };
    return this.#answer('update', given, () => {
      if (alias !== undefined) this.change(id, { alias: alias || null });
      if (enabled !== undefined) this.change(id, { status: enabled ? 'ACTIVE' : 'INACTIVE' });
      return this.#find(id);
    });
  }

  enable(...given: Parameters<CompleteConnectionClient['enable']>): Promise<ConnectedAccount> {
    return this.#answer('enable', given, () => {
      this.change(given[0], { status: 'ACTIVE' });
      return this.#find(given[0]);
    });
  }

  disable(...given: Parameters<CompleteConnectionClient['disable']>): Promise<ConnectedAccount> {
    return this.#answer('disable', given, () => {
      this.change(given[0], { status: 'INACTIVE' });
      return this.#find(given[0]);
    });
  }

  delete(...given: Parameters<CompleteConnectionClient['delete']>): Promise<void> {
    return this.#answer('delete', given, () => {
      this.accounts = this.accounts.filter(({ id }) => id !== given[0]);
    });
  }

  async #answer<Value>(method: Method, given: readonly unknown[], usual: () => Value): Promise<Value> {
    this.calls.push({ method, given });
    const answer = this.#next.get(method)?.shift() ?? this.#always.get(method) ?? usual;
    return (await answer()) as Value;
  }

  #find(id: string): ConnectedAccount {
    const found = this.accounts.find((account) => account.id === id);
    if (found) return found;
    throw httpFailure(404, 'not_found');
  }

  #page({ authConfigIds, toolkitSlugs, statuses, cursor = '0', limit = 20 }: ListQuery): ConnectedAccountPage {
    const found = this.accounts.filter(
      ({ authConfig: { id }, toolkit: { slug }, status }) =>
        (authConfigIds?.includes(id) ?? true) &&
        (toolkitSlugs?.includes(slug) ?? true) &&
        (statuses?.includes(status) ?? true),
    );
    const end = Number(cursor) + limit;
    return {
      items: found.slice(Number(cursor), end),
      nextCursor: end < found.length ? String(end) : null,
      totalPages: Math.ceil(found.length / limit),
      totalItems: found.length,
    };
  }

  #makeLink(authConfigId: string, { alias }: LinkOptions): NewLink {
    const { id, createdAt } = this.#makeAccount(authConfigId, alias, 'INITIATED');
    const redirectUrl = `https://connect.example.com/link/${this.#made}`;
    return { id, status: 'INITIATED', redirectUrl, expiresAt: new Date(Date.parse(createdAt) + 600_000).toISOString() };
  }

  #makeAccount(authConfigId: string, alias: string | undefined, status: ConnectionStatus): ConnectedAccount {
    const createdAt = new Date(this.#wallNow()).toISOString();
    const base = connectedAccount({ id: `ca_new_${++this.#made}`, status, alias: alias ?? null, displayName: null });
    const made = { ...base, authConfig: { ...base.authConfig, id: authConfigId }, createdAt, updatedAt: createdAt };
    this.accounts = [...this.accounts, made];
    return made;
  }
}
