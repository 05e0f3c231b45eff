import { type ConnectedAccount, isCredentialScheme } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import type { RowTimes } from './row-times.js';

/** Who an account belongs to, as its row shows it. */
export interface RowIdentity {
  /** The most telling first. */
  readonly identities: readonly string[];
  /** Whether they tell the day already. */
  readonly isDated: boolean;
}

/**
 * Returns who an account belongs to, for its one line: the name that the user gave it, then the login. A key has neither, so
 * the day on which it came tells it from others. The server's own name for an account is a last resort.
 */
export function identitiesOf(account: ConnectedAccount, { list }: Messages, times: RowTimes): RowIdentity {
  const { alias, displayName, wordId, authConfig } = account;
  const known = [...new Set([alias, displayName])].filter((name): name is string => Boolean(name));
  if (known.length > 0) return { identities: known, isDated: false };
  const { authScheme } = authConfig;
  if (wordId && !isCredentialScheme(authScheme)) return { identities: [wordId], isDated: false };
  const text = authScheme === 'API_KEY' ? list.keyAdded : list.added;
  const date = times.day(account);
  return { identities: date ? [formatMessage(text, { date })] : [], isDated: true };
}
