import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import { createAccount } from './account-factory.js';
import type { EmulatorClock } from './emulator-clock.js';
import {
  type AccountRecord,
  changeStatus,
  type EmulatorState,
  expireUnfinished,
  findAccount,
} from './emulator-state.js';
import type { AuthScheme } from './toolkit-records.js';

/** An account to add, as if its user had connected it. */
export interface SeedAccount {
  readonly userId: string;
  /** `ac_<toolkit>` */
  readonly authConfigId: string;
  /** Default `ACTIVE`. */
  readonly status?: ConnectionStatus;
  readonly statusReason?: string;
  readonly alias?: string;
  /** Label of the login at the third party. */
  readonly displayName?: string;
  /** Adds to, or overrides, the made-up credentials of the auth config's scheme. */
  readonly val?: Readonly<Record<string, unknown>>;
  readonly accountType?: 'PRIVATE' | 'SHARED';
  /** Age of the account in milliseconds. */
  readonly age?: number;
}

/** The connected accounts, which tests can seed, read and change. */
export interface AccountTable {
  add(seed: SeedAccount): AccountRecord;
  /** Returns `undefined` for an unknown or deleted account. */
  get(id: string): AccountRecord | undefined;
  /** Returns all accounts that were not deleted, oldest first. */
  all(): AccountRecord[];
  /** Sets a status that only the third party or Composio sets: `EXPIRED`, `REVOKED`, … */
  setStatus(id: string, status: ConnectionStatus, reason?: string): void;
  /** Deletes the account, as if in Composio's own dashboard. */
  delete(id: string): void;
}

const TOKENS = { access_token: 'seed_access_token', refresh_token: 'seed_refresh_token', token_type: 'Bearer' };
const CREDENTIALS: Readonly<Record<AuthScheme, Readonly<Record<string, unknown>>>> = {
  OAUTH2: TOKENS,
  CIMD_OAUTH: TOKENS,
  API_KEY: { generic_api_key: 'seed_api_key' },
  BASIC: { username: 'seed_username', password: 'seed_password' },
  BEARER_TOKEN: { token: 'seed_token' },
  GOOGLE_SERVICE_ACCOUNT: { credentials_json: '{"type":"service_account"}' },
  NO_AUTH: {},
};

/** Creates the table for the accounts of one emulator. */
export function createAccountTable(state: EmulatorState, clock: EmulatorClock, origin: string): AccountTable {
  const find = (id: string): AccountRecord => {
    const account = findAccount(state, id);
    if (account === undefined) throw new Error(`No connected account ${id}`);
    return account;
  };
  return {
    add: ({ userId, authConfigId, status = 'ACTIVE', age = 0, ...more }) => {
      const authConfig = state.authConfigs.get(authConfigId);
      if (authConfig === undefined) throw new Error(`No auth config ${authConfigId}`);
      const label = more.displayName === undefined ? {} : { displayName: more.displayName };
      const val = { ...CREDENTIALS[authConfig.authScheme], ...label, ...more.val };
      const account = createAccount({ ...more, userId, authConfig, status, val }, clock);
      const born = clock.now() - age;
      const seeded = { ...account, createdAt: born, updatedAt: born, initiatedAt: born };
      seeded.statusReason = more.statusReason ?? null;
      seeded.redirectUrl = status === 'INITIATED' ? `${origin}/link/lk_seeded` : null;
      state.accounts.set(seeded.id, seeded);
      return seeded;
    },
    get: (id) => {
      expireUnfinished(state, clock);
      return findAccount(state, id);
    },
    all: () => {
      expireUnfinished(state, clock);
      return [...state.accounts.values()].filter(({ isDeleted }) => !isDeleted);
    },
    setStatus: (id, status, reason) => changeStatus(find(id), status, reason ?? null, clock),
    delete: (id) => {
      find(id).isDeleted = true;
    },
  };
}
