import { BINDING_GRACE_MS, BINDING_LIFETIME_MS, type ConnectedAccount } from '../../core/model/connection-types.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

/**
 * Lifetime of the note of an account that is not bound. Its owner must not get the account by waiting for the note to expire,
 * so it is as long as a store can be expected to keep anything.
 */
const UNBOUND_NOTE_LIFETIME_MS = 10 * 365 * 24 * 3600_000;
/** The time for which a proof holds that comes before upstream has finished the flow. */
const EARLY_PROOF_MS = 60_000;

/** The state of a link's browser. */
export type LinkPhase =
  /** No browser has proved itself yet. */
  | 'pending'
  /** A browser proved itself less than a minute ago, and upstream was not ACTIVE yet. */
  | 'early'
  /** A browser proved itself, and the account was ACTIVE. */
  | 'bound'
  /** For good: another browser returned, the link was taken back, or nobody proved anything in time. */
  | 'rejected'
  /** The handler does not bind this account. The note serves the status reads of waiting users. */
  | 'open';

/** The handler's record of the link that created an account. */
export interface LinkNote extends StoredValue {
  /** Empty if links carry no `state`. */
  readonly nonce: string;
  readonly accountId: string;
  readonly userId: string;
  readonly authConfigId: string;
  readonly phase: LinkPhase;
  /** ms since 1970 */
  readonly linkExpiresAt: number;
  /** End of an early proof, in ms since 1970. */
  readonly earlyUntil?: number;
  /** `taken_back`: the same user began again in another browser. */
  readonly cause?: 'mismatch' | 'taken_back' | 'unfinished';
  /** Whether a rejected account is gone upstream. */
  readonly isRemoved?: boolean;
  /** Whether the note was made from a `state` whose own note was lost. Such a note protects nothing. */
  readonly isAdopted?: boolean;
  /** The account that this one replaces as soon as it is bound. */
  readonly replaces?: ReplacedAccount | null;
  /** The account as it was created, for looks that come before upstream was read. */
  readonly started?: ConnectedAccount;
  /** The account as it ended. It is not read again then. */
  readonly ended?: ConnectedAccount;
  /** The time at which the browser returned, in ms since 1970. Its user is waiting for the result. */
  readonly returnedAt?: number;
}

/** An account that gives way to a new one. */
export interface ReplacedAccount {
  readonly id: string;
  readonly alias: string | null;
}

/** The part of a note that changes. */
export type LinkChange = Pick<LinkNote, 'phase'> &
  Partial<Pick<LinkNote, 'cause' | 'isRemoved' | 'replaces' | 'ended' | 'returnedAt'>>;

/** The notes of links, in the store that all instances share. */
export interface LinkNotes {
  add(link: Omit<LinkNote, 'expiresAt'>): Promise<LinkNote>;
  findByAccount(accountId: string): Promise<LinkNote | null>;
  /** Returns the note of the link whose `state` has this nonce. */
  findByNonce(nonce: string): Promise<LinkNote | null>;
  /** Returns the note of the latest link whose account is to take the place of this one. */
  findSuccessor(accountId: string): Promise<LinkNote | null>;
  /** Changes a note and returns it as it is then. A rejected note stays rejected, also if two instances write at once. */
  change(note: LinkNote, change: LinkChange): Promise<LinkNote>;
  forget(accountId: string): Promise<void>;
}

/** Returns whether the account of a note may not be used. No note means that the account was not made here, or long ago. */
export function isUnbound(note: LinkNote | null): note is LinkNote {
  return note !== null && note.phase !== 'bound' && note.phase !== 'open';
}

/** Returns the time from which on a link can no longer be bound, in ms since 1970. */
export function bindingDeadline({ linkExpiresAt }: Pick<LinkNote, 'linkExpiresAt'>): number {
  return linkExpiresAt + BINDING_GRACE_MS;
}

/** The record that no other write can undo. */
interface Rejection extends StoredValue {
  readonly cause: NonNullable<LinkNote['cause']>;
}

/** A record that leads to a note. */
interface Pointer extends StoredValue {
  readonly accountId: string;
}

export function createLinkNotes(records: Records): LinkNotes {
  const accountKey = (accountId: string) => `account:${accountId}`;
  const nonceKey = (nonce: string) => `link:${nonce}`;
  const successorKey = (accountId: string) => `successor:${accountId}`;
  const rejectionKey = (accountId: string) => `rejected:${accountId}`;

  async function write(note: LinkNote): Promise<LinkNote> {
    const written = { ...note, expiresAt: noteExpiry(note.phase) };
    // The store has no atomic step. A rejection has a key of its own, which no other write can undo.
    if (note.phase === 'rejected') {
      const { cause = 'mismatch' } = note;
      await records.write<Rejection>(rejectionKey(note.accountId), { cause, expiresAt: written.expiresAt });
    }
    await records.write(accountKey(note.accountId), written);
    return written;
  }

  async function findByAccount(accountId: string): Promise<LinkNote | null> {
    const note = await records.read<LinkNote>(accountKey(accountId));
    const isOver = note?.phase === 'early' && Date.now() >= (note.earlyUntil ?? 0);
    return isOver ? { ...note, phase: 'pending' } : note;
  }

  /** Writes a key that leads to the note of an account, for as long as its link can be bound, and longer. */
  async function point(key: string, accountId: string): Promise<void> {
    await records.write<Pointer>(key, { accountId, expiresAt: Date.now() + BINDING_LIFETIME_MS + BINDING_GRACE_MS });
  }

  async function follow(key: string): Promise<LinkNote | null> {
    const pointer = await records.read<Pointer>(key);
    return pointer && (await findByAccount(pointer.accountId));
  }

  return {
    async add(link) {
      if (link.nonce !== '') await point(nonceKey(link.nonce), link.accountId);
      if (link.replaces) await point(successorKey(link.replaces.id), link.accountId);
      return write({ ...link, expiresAt: 0 });
    },
    findByAccount,
    findByNonce: (nonce) => follow(nonceKey(nonce)),
    findSuccessor: (accountId) => follow(successorKey(accountId)),
    async change(note, change) {
      const changed = { ...note, ...change };
      const written = await write(
        change.phase === 'early' ? { ...changed, earlyUntil: Date.now() + EARLY_PROOF_MS } : changed,
      );
      if (written.phase === 'rejected') return written;
      const rejection = await records.read<Rejection>(rejectionKey(note.accountId));
      return rejection === null ? written : write({ ...written, phase: 'rejected', cause: rejection.cause });
    },
    forget: (accountId) => records.erase(accountKey(accountId)),
  };
}

/** Returns the end of a note. A bound account needs it as long as its `state` is valid, an unbound one for good. */
function noteExpiry(phase: LinkPhase): number {
  const isSettled = phase === 'bound' || phase === 'open';
  return Date.now() + (isSettled ? BINDING_LIFETIME_MS + BINDING_GRACE_MS : UNBOUND_NOTE_LIFETIME_MS);
}
