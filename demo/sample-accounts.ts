import type { AccountTable, SeedAccount } from './emulator/account-table.js';

/** Sample accounts for three pages, with every status and scheme. */
export interface SampleAccounts {
  /** Adds them for a user, once. */
  giveTo(userId: string): void;
  /** Expires the user's newest ACTIVE account upstream. Returns its id, or `undefined` when there is none. */
  expireNewest(userId: string): string | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const COUNT = 45;

const TOOLKITS = [
  'github',
  'googlecalendar',
  'slack',
  'notion',
  'zendesk',
  'firecrawl',
  'twilio',
  'cloudflare',
  'googlebigquery',
  'hackernews',
];

type Condition = Pick<SeedAccount, 'status' | 'statusReason'>;

/** Nine conditions, so that each is combined with each of the ten toolkits. */
const CONDITIONS: readonly Condition[] = [
  { status: 'ACTIVE' },
  { status: 'EXPIRED', statusReason: 'Permanent auth error during token refresh' },
  { status: 'ACTIVE' },
  { status: 'INACTIVE', statusReason: 'Connection status updated by user' },
  { status: 'ACTIVE' },
  { status: 'REVOKED', statusReason: 'Revoked via user-initiated revoke endpoint' },
  { status: 'FAILED', statusReason: 'OAuth callback failed during token exchange' },
  { status: 'ACTIVE' },
  { status: 'EXPIRED', statusReason: 'Connection initiation did not complete within 10 minutes' },
];

/** Conditions of accounts that may still be finished. */
const PENDING: readonly Condition[] = [{ status: 'INITIATED' }, { status: 'INITIALIZING' }];

const LOGINS = ['octocat', 'ada@example.com', 'design-team', 'hubot', 'ops@example.com', 'acme-support'];
const ALIASES = ['Work', undefined, 'Personal', undefined, 'Client: Café Zürich', undefined, 'Sandbox'];

/** Creates the sample accounts of an emulated Composio. */
export function createSampleAccounts(accounts: AccountTable): SampleAccounts {
  const given = new Set<string>();
  return {
    giveTo: (userId) => {
      if (given.has(userId)) return;
      given.add(userId);
      for (let index = 0; index < COUNT; index++) accounts.add(sampleAccount(userId, index));
    },
    expireNewest: (userId) => {
      const active = accounts.all().filter((account) => account.userId === userId && account.status === 'ACTIVE');
      const [newest] = active.sort((one, other) => other.createdAt - one.createdAt);
      if (newest) accounts.setStatus(newest.id, 'EXPIRED', 'Permanent auth error during token refresh');
      return newest?.id;
    },
  };
}

function sampleAccount(userId: string, index: number): SeedAccount {
  const condition = PENDING[index] ?? CONDITIONS[index % CONDITIONS.length] ?? {};
  const wasConnected = index >= PENDING.length && !condition.statusReason?.includes('initiation');
  const login = LOGINS[index % LOGINS.length];
  const alias = ALIASES[index % ALIASES.length];
  return {
    userId,
    authConfigId: `ac_${TOOLKITS[index % TOOLKITS.length]}`,
    ...condition,
    ...(wasConnected && login && { displayName: login }),
    // An alias is unique per user and toolkit.
    ...(alias && { alias: index < TOOLKITS.length ? alias : `${alias} ${index}` }),
    age: index < 4 ? (index + 1) * MINUTE_MS : (index - 3) ** 2 * DAY_MS * 0.4,
  };
}
