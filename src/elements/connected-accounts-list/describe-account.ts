import { isAbandoned } from '../../core/flow/existing-account.js';
import {
  type ConnectedAccount,
  type ConnectionStatus,
  isPending,
  LINK_LIFETIME_MS,
} from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';

/** How a status looks and reads. */
export interface StatusWords {
  readonly look: ConnectionStatus | 'NEVER_FINISHED';
  readonly tone: 'success' | 'warning' | 'danger' | 'quiet';
  readonly text: string;
}

const TONES: Readonly<Record<StatusWords['look'], StatusWords['tone']>> = {
  INITIALIZING: 'quiet',
  INITIATED: 'quiet',
  ACTIVE: 'success',
  FAILED: 'danger',
  EXPIRED: 'warning',
  INACTIVE: 'quiet',
  REVOKED: 'danger',
  NEVER_FINISHED: 'quiet',
};

/** @param leftUnfinished {@link isLeftUnfinished} */
export function statusWords({ status }: ConnectedAccount, messages: Messages, leftUnfinished: boolean): StatusWords {
  if (leftUnfinished) return { look: 'NEVER_FINISHED', tone: TONES.NEVER_FINISHED, text: messages.list.neverFinished };
  return { look: status, tone: TONES[status], text: messages.statuses[status] };
}

/**
 * Whether its user began to connect it and went away: it never was a connection, so there is nothing to mend.
 * @param wallNow ms since the epoch
 */
export function isLeftUnfinished(account: ConnectedAccount, wallNow: number): boolean {
  if (isAbandoned(account)) return true;
  return isPending(account) && wallNow - Date.parse(account.createdAt) >= LINK_LIFETIME_MS;
}

export function toolkitName({ toolkit }: ConnectedAccount): string {
  return toolkit.name || toolkit.slug;
}

/** "Which login is this?": all that is known, most telling first. */
export function identityParts({ displayName, alias, wordId }: ConnectedAccount): string[] {
  return [...new Set([displayName, alias, wordId])].filter((part) => part !== null && part !== '') as string[];
}
