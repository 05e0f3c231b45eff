import { LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import type { HandlerSettings } from '../handler/options.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

/**
 * Lifetime of the note of an unbound link. It is much longer than the link's, so that its owner cannot get an ACTIVE account
 * by waiting for the note to expire.
 */
const UNBOUND_NOTE_LIFETIME_MS = 30 * 24 * 3600_000;

/** The handler's record of the link that an account was last sent through. */
export interface LinkNote extends StoredValue {
  /** Empty if links carry no `state`. */
  readonly nonce: string;
  readonly accountId: string;
  readonly userId: string;
  readonly authConfigId: string;
  /** `refresh`: the account existed before the link, so a mismatch disables it instead of removing it. */
  readonly kind: 'link' | 'refresh';
  /**
   * - `pending`: no browser has proved itself yet.
   * - `early`: a browser proved itself, or needs no proof here, before upstream was ACTIVE. It counts as bound until another
   *   browser finishes the link.
   * - `bound`: the account was ACTIVE when its browser returned.
   * - `rejected`: another browser returned.
   */
  readonly phase: 'pending' | 'early' | 'bound' | 'rejected';
  /** ms since 1970 */
  readonly linkExpiresAt: number;
}

/**
 * The notes of the `state` binding. Each challenge has its own key, so that requests that share a link can add theirs
 * without a read-modify-write.
 */
export interface LinkNotes {
  add(link: Omit<LinkNote, 'expiresAt'> & { readonly phase: 'pending' | 'early' }): Promise<void>;
  addChallenge(nonce: string, challenge: string): Promise<void>;
  hasChallenge(nonce: string, challenge: string): Promise<boolean>;
  findByAccount(accountId: string): Promise<LinkNote | null>;
  /** Returns the note of a link if it is the newest link of its account. */
  findByNonce(nonce: string): Promise<LinkNote | null>;
  setPhase(note: LinkNote, phase: 'early' | 'bound' | 'rejected'): Promise<void>;
  forget(accountId: string): Promise<void>;
}

/** Returns whether no browser has proved that it started the link. */
export function isUnbound(note: LinkNote | null): note is LinkNote {
  return note?.phase === 'pending' || note?.phase === 'rejected';
}

export function createLinkNotes(records: Records): LinkNotes {
  const accountKey = (accountId: string) => `account:${accountId}`;
  const nonceKey = (nonce: string) => `link:${nonce}`;
  const challengeKey = (nonce: string, challenge: string) => `challenge:${nonce}:${challenge}`;
  const findByAccount = (accountId: string) => records.read<LinkNote>(accountKey(accountId));
  const stateExpiry = () => Date.now() + LINK_LIFETIME_MS;

  return {
    async add(link) {
      const isPending = link.phase === 'pending';
      if (isPending) await records.write(nonceKey(link.nonce), { accountId: link.accountId, expiresAt: stateExpiry() });
      const expiresAt = isPending ? unboundNoteExpiry() : stateExpiry();
      await records.write(accountKey(link.accountId), { ...link, expiresAt });
    },
    addChallenge: (nonce, challenge) => records.write(challengeKey(nonce, challenge), { expiresAt: stateExpiry() }),
    hasChallenge: async (nonce, challenge) => (await records.read(challengeKey(nonce, challenge))) !== null,
    findByAccount,
    async findByNonce(nonce) {
      const link = await records.read<StoredValue & { accountId: string }>(nonceKey(nonce));
      const note = link && (await findByAccount(link.accountId));
      return note?.nonce === nonce ? note : null;
    },
    setPhase: (note, phase) =>
      // A bound account needs its note only as long as its `state` is valid.
      records.write(accountKey(note.accountId), {
        ...note,
        phase,
        expiresAt: phase === 'rejected' ? unboundNoteExpiry() : stateExpiry(),
      }),
    forget: (accountId) => records.erase(accountKey(accountId)),
  };
}

function unboundNoteExpiry(): number {
  return Date.now() + UNBOUND_NOTE_LIFETIME_MS;
}

/** Returns the note of an account, or `null` in the modes that do not bind here. */
export async function findLinkNote(
  { settings, notes }: { readonly settings: Pick<HandlerSettings, 'binding'>; readonly notes: LinkNotes },
  accountId: string,
): Promise<LinkNote | null> {
  return settings.binding === 'state' ? notes.findByAccount(accountId) : null;
}
