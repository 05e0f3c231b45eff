import type { AccountTable, SeedAccount } from './emulator/account-table.js';

/** Accounts to look at: as many as three pages hold, in every status and of every scheme. */
export interface SampleAccounts {
  /** Gives them to a user, once. */
  giveTo(userId: string): void;
  /** Lets the user's newest ACTIVE account die upstream. Answers which one, or `undefined` when there is none. */
  expireNewest(userId: string): string | undefined;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
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

/** Nine, so that each meets each of the ten toolkits. */
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

/** Begun so recently that they may still be finished. */
const PENDING: readonly Condition[] = [{ status: 'INITIATED' }, { status: 'INITIALIZING' }];

const LOGINS = ['octocat', 'ada@example.com', 'design-team', 'hubot', 'ops@example.com', 'acme-support'];
const ALIASES = ['Work', undefined, 'Personal', undefined, 'Client: Café Zürich', undefined, 'Sandbox'];

/** For an emulated Composio only. */
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
    // A name is given once per user and toolkit.
    ...(alias && { alias: index < TOOLKITS.length ? alias : `${alias} ${index}` }),
    age: index < 4 ? (index + 1) * MINUTE : (index - 3) ** 2 * DAY * 0.4,
  };
}
