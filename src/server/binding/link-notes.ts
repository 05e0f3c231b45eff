import { LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import type { HandlerSettings } from '../handler/options.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

/**
 * ms that a link which nobody bound is remembered, much longer than it lives: whoever began it must not find the account
 * ACTIVE by waiting until the note is gone.
 */
const UNBOUND_NOTE_LIFETIME_MS = 30 * 24 * 3600_000;

/** What the handler knows of the link that an account was last sent through. */
export interface LinkNote extends StoredValue {
  /** Empty where links carry no `state`. */
  readonly nonce: string;
  readonly accountId: string;
  readonly userId: string;
  readonly authConfigId: string;
  /** `refresh`: the account was there before the link, so a mismatch disables it and does not remove it. */
  readonly kind: 'link' | 'refresh';
  /**
   * `pending` until a browser proved itself, `rejected` once another one came back. `early`: proved, or in no need of a
   * proof here, before upstream was ACTIVE. It counts as bound, but when another browser finishes the link after it, that
   * one tells the truth. `bound`: seen ACTIVE when its browser was back.
   */
  readonly phase: 'pending' | 'early' | 'bound' | 'rejected';
  /** ms since 1970 */
  readonly linkExpiresAt: number;
}

/**
 * The notes of the `state` binding. Challenges have keys of their own, so that requests that share a link add theirs
 * without reading and writing one value in turn.
 */
export interface LinkNotes {
  add(link: Omit<LinkNote, 'expiresAt'> & { readonly phase: 'pending' | 'early' }): Promise<void>;
  addChallenge(nonce: string, challenge: string): Promise<void>;
  hasChallenge(nonce: string, challenge: string): Promise<boolean>;
  findByAccount(accountId: string): Promise<LinkNote | null>;
  /** The note of a link, while it is the last one of its account. */
  findByNonce(nonce: string): Promise<LinkNote | null>;
  setPhase(note: LinkNote, phase: 'early' | 'bound' | 'rejected'): Promise<void>;
  forget(accountId: string): Promise<void>;
}

/** Whether nobody proved yet to be the one who began the link. */
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
      // A bound account needs its note only as long as its state can come back.
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

/** The note that counts for an account: none in the modes that leave binding to Composio, or do without. */
export async function findLinkNote(
  { settings, notes }: { readonly settings: Pick<HandlerSettings, 'binding'>; readonly notes: LinkNotes },
  accountId: string,
): Promise<LinkNote | null> {
  return settings.binding === 'state' ? notes.findByAccount(accountId) : null;
}
