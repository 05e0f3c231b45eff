import { randomInt, randomUUID } from 'node:crypto';
import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { AccessControl, AccountRecord } from './emulator-state.js';
import type { AuthConfigRecord } from './toolkit-records.js';

const ADJECTIVES = ['red', 'calm', 'brave', 'green', 'quiet', 'amber', 'swift', 'blue'];
const NOUNS = ['castle', 'river', 'falcon', 'meadow', 'harbor', 'maple', 'comet', 'willow'];

/** Access control as a request sends it, with every field optional. */
export type AccessControlInput = { readonly [K in keyof AccessControl]?: AccessControl[K] | undefined };

/** The input for a new account. */
export interface NewAccount {
  readonly userId: string;
  readonly authConfig: AuthConfigRecord;
  readonly status: ConnectionStatus;
  readonly alias?: string | null | undefined;
  readonly val?: Readonly<Record<string, unknown>> | undefined;
  readonly accountType?: 'PRIVATE' | 'SHARED' | undefined;
  readonly acl?: AccessControlInput | undefined;
}

/** An identifier in Composio's style: `ca_`, `lk_`, `session_`, … and random letters. */
export function createId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
}

/** Creates a connected account. Every connection gets a new id. */
export function createAccount(
  { userId, authConfig, status, alias, val, accountType, acl }: NewAccount,
  clock: EmulatorClock,
): AccountRecord {
  return {
    id: createId('ca'),
    wordId: `${authConfig.toolkitSlug}_${pick(ADJECTIVES)}-${pick(NOUNS)}`,
    userId,
    authConfigId: authConfig.id,
    toolkitSlug: authConfig.toolkitSlug,
    alias: alias || null,
    status,
    statusReason: null,
    redirectUrl: null,
    val: { ...val },
    accountType: accountType ?? 'PRIVATE',
    acl: mergeAccess({ allow_all_users: false, allowed_user_ids: [], not_allowed_user_ids: [] }, acl),
    createdAt: clock.now(),
    updatedAt: clock.now(),
    initiatedAt: clock.now(),
    isDeleted: false,
  };
}

/** Returns the access control with some of its fields replaced. */
export function mergeAccess(old: AccessControl, changes: AccessControlInput | undefined): AccessControl {
  return {
    allow_all_users: changes?.allow_all_users ?? old.allow_all_users,
    allowed_user_ids: changes?.allowed_user_ids ?? old.allowed_user_ids,
    not_allowed_user_ids: changes?.not_allowed_user_ids ?? old.not_allowed_user_ids,
  };
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? '';
}
