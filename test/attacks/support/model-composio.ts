import type {
  ComposioClientLike,
  ComposioLike,
  LinkBody,
  ListAccountsQuery,
} from '../../../src/server/composio/composio-like.js';

const LINK_LIFETIME_MS = 600_000;

/** An account as upstream keeps it. */
export interface ModelAccount {
  readonly id: string;
  readonly userId: string;
  readonly authConfigId: string;
  readonly callbackUrl: string;
  readonly createdAt: number;
  status: 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE';
  alias: string | null;
  /** The time from which on the finished flow counts as ACTIVE. */
  activeAt: number | null;
  /** The person whose tokens it holds. */
  holds: string | null;
  isDeleted: boolean;
  /** The account whose revocation has ended this one. */
  endedBy: string | null;
}

/** What `ComposioLike` does with links and accounts, in memory and at the time of `Date.now()`. */
export interface ModelComposio extends ComposioLike {
  readonly accounts: ReadonlyMap<string, ModelAccount>;
  /** The number of deletions that fail from now on. */
  failingDeletions: number;
  /** Somebody consents on the page of a link. Returns the address that the browser is sent to, or null if the link is over. */
  finish(id: string, person: string, delay?: number): string | null;
  deny(id: string): string | null;
  /** A flow that is over holds somebody's tokens after all, as after a refresh that upstream did not validate. */
  revive(id: string, person: string): void;
  /** Returns what a used link page tells: the address that its browser was sent to. */
  usedPage(id: string): string | null;
}

/**
 * Creates an upstream that behaves like the emulator, without its HTTP.
 * @param verifies whether the project has a verifier URL: then a finished flow waits for the session that its browser brings
 */
export function createModelComposio(verifies = false): ModelComposio {
  const accounts = new Map<string, ModelAccount>();
  const sessions = new Map<string, string>();
  const client = createClient(accounts, sessions, () => {
    if (model.failingDeletions === 0) return;
    model.failingDeletions -= 1;
    throw Object.assign(new Error('Internal error'), { status: 500 });
  });
  const open = (id: string) => {
    const account = settle(accounts.get(id));
    return account?.status === 'INITIATED' && account.activeAt === null ? account : null;
  };
  const model: ModelComposio = {
    accounts,
    failingDeletions: 0,
    getClient: () => client,
    finish(id, person, delay = 0) {
      const account = open(id);
      if (account === null) return null;
      account.holds = person;
      account.activeAt = verifies ? Number.POSITIVE_INFINITY : Date.now() + delay;
      if (!verifies) return returnAddress(account, 'success');
      const session = `session_${sessions.size}`;
      sessions.set(session, id);
      return `${account.callbackUrl}?session_uri=${session}`;
    },
    deny(id) {
      const account = open(id);
      if (account === null) return null;
      account.status = 'FAILED';
      return returnAddress(account, 'failed');
    },
    revive: (id, person) => void Object.assign(accounts.get(id) ?? {}, { status: 'ACTIVE', holds: person }),
    usedPage(id) {
      const account = accounts.get(id);
      const isUsed = account !== undefined && (account.activeAt !== null || account.status === 'FAILED');
      return isUsed ? returnAddress(account, account.status === 'FAILED' ? 'failed' : 'success') : null;
    },
  };
  return model;
}

function returnAddress({ callbackUrl, id }: ModelAccount, status: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set('status', status);
  url.searchParams.set('connected_account_id', id);
  return url.href;
}

/** Brings an account up to now. */
function settle(account: ModelAccount | undefined): ModelAccount | null {
  if (account === undefined || account.isDeleted) return null;
  if (account.status !== 'INITIATED') return account;
  if (account.activeAt !== null && Date.now() >= account.activeAt) account.status = 'ACTIVE';
  else if (account.activeAt === null && Date.now() >= account.createdAt + LINK_LIFETIME_MS) account.status = 'EXPIRED';
  return account;
}

function createClient(
  accounts: Map<string, ModelAccount>,
  sessions: Map<string, string>,
  beforeDeletion: () => void,
): ComposioClientLike {
  const find = (id: string): ModelAccount => {
    const account = settle(accounts.get(id));
    if (account === null) throw Object.assign(new Error('Not found'), { status: 404 });
    return account;
  };
  const authConfig = { id: 'ac_github', auth_scheme: 'OAUTH2', is_composio_managed: true, status: 'ENABLED' };
  return {
    link: {
      create: async ({ user_id: userId, auth_config_id: authConfigId, callback_url: callbackUrl, alias }: LinkBody) => {
        const id = `ca_${accounts.size}`;
        const origin = { id, userId, authConfigId, callbackUrl, createdAt: Date.now() };
        const fresh = {
          status: 'INITIATED',
          alias: alias ?? null,
          activeAt: null,
          holds: null,
          isDeleted: false,
          endedBy: null,
        } as const;
        accounts.set(id, { ...origin, ...fresh });
        const expires_at = new Date(Date.now() + LINK_LIFETIME_MS).toISOString();
        return { connected_account_id: id, expires_at, redirect_url: `https://connect.composio.dev/link/${id}` };
      },
    },
    connectedAccounts: {
      create: async () => ({}),
      list: async (query) => ({ items: select(accounts, query).map(toWire), total_pages: 1, next_cursor: null }),
      patch: async (id, { alias }) => Object.assign(find(id), { alias: alias || null }),
      // Upstream enables and disables accounts of any status.
      updateStatus: async (id, { enabled }) => Object.assign(find(id), { status: enabled ? 'ACTIVE' : 'INACTIVE' }),
      refresh: async (id) => ({ id, status: find(id).status, redirect_url: null }),
      delete: async (id, { revoke_on_delete: isRevoked }) => {
        const account = find(id);
        beforeDeletion();
        account.isDeleted = true;
        if (isRevoked && account.holds !== null) revokeGrant(accounts, account.holds, id);
      },
    },
    authConfigs: { retrieve: async (id) => ({ ...authConfig, id, toolkit: { slug: 'github' } }) },
    toolkits: { retrieve: async () => ({ slug: 'github', name: 'GitHub', auth_config_details: [] }) },
    post: async (_path, { body }) => completeAuth(accounts, sessions, body as SessionBody),
  };
}

/** Ends what a person has granted: providers revoke a whole grant, and with it the tokens of every account that shares it. */
function revokeGrant(accounts: ReadonlyMap<string, ModelAccount>, person: string, endedBy: string): void {
  for (const account of accounts.values()) {
    if (account.holds !== person || settle(account)?.status !== 'ACTIVE') continue;
    Object.assign(account, { status: 'EXPIRED', endedBy });
  }
}

interface SessionBody {
  readonly session_uri: string;
  readonly user_id: string;
}

/** Composio's callback identity verification: the session is used up, and a stranger fails the account. */
function completeAuth(accounts: Map<string, ModelAccount>, sessions: Map<string, string>, body: SessionBody) {
  const account = accounts.get(sessions.get(body.session_uri) ?? '');
  if (account === undefined) throw Object.assign(new Error('No such session'), { status: 404 });
  sessions.set(body.session_uri, '');
  if (account.userId === body.user_id) {
    account.status = 'ACTIVE';
    return { connected_account_id: account.id };
  }
  account.status = 'FAILED';
  throw Object.assign(new Error('Identity mismatch'), { status: 400, error: { message: 'user mismatch' } });
}

function select(accounts: ReadonlyMap<string, ModelAccount>, query: ListAccountsQuery): ModelAccount[] {
  const fits = <Value>(wanted: readonly Value[] | undefined, value: Value) => wanted?.includes(value) ?? true;
  return [...accounts.values()]
    .flatMap((account) => settle(account) ?? [])
    .filter((account) => fits(query.user_ids, account.userId) && fits(query.connected_account_ids, account.id))
    .filter((account) => fits(query.auth_config_ids, account.authConfigId) && fits(query.statuses, account.status));
}

function toWire({ id, userId, authConfigId, status, alias, createdAt }: ModelAccount): object {
  const created_at = new Date(createdAt).toISOString();
  return {
    ...{ id, alias, status, user_id: userId, status_reason: null, is_disabled: false, word_id: null },
    toolkit: { slug: 'github' },
    auth_config: { id: authConfigId, auth_scheme: 'OAUTH2', is_composio_managed: true, is_disabled: false },
    ...{ created_at, updated_at: created_at },
    state: { authScheme: 'OAUTH2', val: { displayName: 'somebody' } },
  };
}
