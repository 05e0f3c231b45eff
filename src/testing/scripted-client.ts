import type { CompleteConnectionClient, LinkOptions, ListQuery, NewLink } from '../core/model/connection-client.js';
import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionStatus,
  StartedConnection,
} from '../core/model/connection-types.js';
import type { ConnectErrorCode } from '../core/model/error-codes.js';
import { createAccount, createAuthConfig, createConnectError, type ErrorDetails } from './sample-data.js';

/** The name of a method of {@link CompleteConnectionClient}. */
export type ClientMethod = keyof CompleteConnectionClient;

/**
 * The end of a link:
 * - `connected`: the account becomes ACTIVE
 * - `denied`: the user refuses at the provider; the account is FAILED
 * - `expired`: nobody uses the link in time; the account is EXPIRED
 * - `revoked`: access is withdrawn at once; the account is REVOKED
 * - `waiting`: the user is at the provider until {@link ScriptedClient.settle} is called
 */
export type LinkOutcome = 'connected' | 'denied' | 'expired' | 'revoked' | 'waiting';

/** Options of {@link ScriptedClient}. */
export interface ScriptedClientOptions {
  /** What the backend offers. Default: `ac_github`. */
  readonly authConfigs?: readonly AuthConfig[];
  /** What the user has connected. Default: nothing. */
  readonly accounts?: readonly ConnectedAccount[];
  /** The end of each link. Default `connected`. It may be changed later. */
  readonly outcome?: LinkOutcome;
  /** Number of polls that find the account pending before the end of its link. Default 0. */
  readonly pendingPolls?: number;
  /** Milliseconds that each response takes. Default 0. */
  readonly latency?: number;
  /** Returns the time for `createdAt` and `expiresAt`, in ms. Default `Date.now`. */
  readonly now?: () => number;
}

/** One call of a client, with its arguments. */
export interface RecordedCall {
  readonly method: ClientMethod;
  readonly given: readonly unknown[];
}

const STATUS_AFTER: Readonly<Record<LinkOutcome, Partial<ConnectedAccount>>> = {
  connected: { status: 'ACTIVE', displayName: 'octocat', wasActive: true },
  denied: { status: 'FAILED', statusReason: 'The user denied the request.' },
  expired: { status: 'EXPIRED', statusReason: 'Connection initiation did not complete within 10 minutes' },
  revoked: { status: 'REVOKED', statusReason: 'Revoked at the provider' },
  waiting: {},
};

const LINK_LIFE_MS = 600_000;

/**
 * A backend in memory, for the property `client` of the elements. It keeps accounts, makes links that end as scripted,
 * records every call, and fails where it is told to.
 */
export class ScriptedClient implements CompleteConnectionClient {
  /** The auth configs that the backend offers. */
  configs: readonly AuthConfig[];
  /** The user's accounts, oldest first. */
  accounts: readonly ConnectedAccount[];
  /** The end of each link that is polled from now on. */
  outcome: LinkOutcome;
  /** Every call, with its arguments. */
  readonly calls: RecordedCall[] = [];
  readonly #pendingPolls: number;
  readonly #latency: number;
  readonly #now: () => number;
  readonly #next = new Map<ClientMethod, Array<() => unknown>>();
  readonly #always = new Map<ClientMethod, () => unknown>();
  /** Polls of each unfinished account. */
  readonly #polls = new Map<string, number>();
  #made = 0;

  constructor(options: ScriptedClientOptions = {}) {
    this.configs = options.authConfigs ?? [createAuthConfig()];
    this.accounts = options.accounts ?? [];
    this.outcome = options.outcome ?? 'connected';
    this.#pendingPolls = options.pendingPolls ?? 0;
    this.#latency = options.latency ?? 0;
    this.#now = options.now ?? Date.now;
  }

  /** Scripts the next call of `method`. Several scripts queue up. An answer that throws rejects the call. */
  next(method: ClientMethod, answer: () => unknown): void {
    this.#next.set(method, [...(this.#next.get(method) ?? []), answer]);
  }

  /** Makes the next call of `method` fail with this code: `client.failNext('link', 'rate_limited')`. */
  failNext(method: ClientMethod, code: ConnectErrorCode, details?: ErrorDetails): void {
    this.next(method, () => {
      throw createConnectError(code, details);
    });
  }

  /** Scripts every call of `method` from now on, or ends the script. */
  always(method: ClientMethod, answer?: () => unknown): void {
    if (answer) this.#always.set(method, answer);
    else this.#always.delete(method);
  }

  /** Ends a link now. Without an id it is the newest account's. */
  settle(outcome: Exclude<LinkOutcome, 'waiting'>, id = this.accounts[this.accounts.length - 1]?.id ?? ''): void {
    this.#polls.delete(id);
    this.change(id, STATUS_AFTER[outcome]);
  }

  /** Returns the number of calls of `method`. */
  count(method: ClientMethod): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Returns the arguments of the newest call of `method`, or an empty list. */
  given(method: ClientMethod): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).pop()?.given ?? [];
  }

  /** Changes an account, as upstream may at any time. */
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
    return this.#answer('get', given, () => this.#poll(given[0]));
  }

  initiate(...given: Parameters<CompleteConnectionClient['initiate']>): Promise<StartedConnection> {
    return this.#answer('initiate', given, () => {
      const { id, status } = this.#makeAccount(given[1], given[2]?.alias, 'ACTIVE');
      return { id, status, redirectUrl: null };
    });
  }

  waitForConnection(...given: Parameters<CompleteConnectionClient['waitForConnection']>): Promise<ConnectedAccount> {
    return this.#answer('waitForConnection', given, () => this.#poll(given[0]));
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

  async #answer<Value>(method: ClientMethod, given: readonly unknown[], usual: () => Value): Promise<Value> {
    this.calls.push({ method, given });
    const answer = this.#next.get(method)?.shift() ?? this.#always.get(method) ?? usual;
    if (this.#latency > 0) await new Promise((resolve) => setTimeout(resolve, this.#latency));
    return (await answer()) as Value;
  }

  #find(id: string): ConnectedAccount {
    const found = this.accounts.find((account) => account.id === id);
    if (found) return found;
    throw createConnectError('not_found', { message: 'There is no such connected account.', status: 404 });
  }

  /** Reads an account. One that is polled often enough comes to the end of its link. */
  #poll(id: string): ConnectedAccount {
    const polls = this.#polls.get(id);
    if (polls !== undefined && this.outcome !== 'waiting') {
      if (polls >= this.#pendingPolls) this.settle(this.outcome, id);
      else this.#polls.set(id, polls + 1);
    }
    return this.#find(id);
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
    this.#polls.set(id, 0);
    const expiresAt = new Date(Date.parse(createdAt) + LINK_LIFE_MS).toISOString();
    return { id, status: 'INITIATED', redirectUrl: `https://connect.example.com/link/${this.#made}`, expiresAt };
  }

  #makeAccount(authConfigId: string, alias: string | undefined, status: ConnectionStatus): ConnectedAccount {
    const createdAt = new Date(this.#now()).toISOString();
    const config = this.configs.find(({ id }) => id === authConfigId);
    const base = createAccount({ id: `ca_new_${++this.#made}`, status, alias: alias ?? null, displayName: null });
    const made: ConnectedAccount = {
      ...base,
      toolkit: config?.toolkit ?? base.toolkit,
      authConfig: { ...base.authConfig, id: authConfigId, ...(config && { authScheme: config.authScheme }) },
      createdAt,
      updatedAt: createdAt,
    };
    this.accounts = [...this.accounts, made];
    return made;
  }
}
