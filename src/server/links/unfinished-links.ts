import { sha256 } from '../../core/model/binding-verifier.js';
import { rejectAccount } from '../binding/account-binding.js';
import { bindingDeadline, isUnbound, type LinkNote } from '../binding/link-notes.js';
import { getAccount, removeAccount } from '../composio/accounts.js';
import type { UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import type { StoredValue } from '../store/store.js';

/** The number of links of one user that may wait at once. Each is an account upstream that counts. */
const MAX_UNFINISHED = 20;
/** More than the time limit for the upstream calls of a request. */
const MAX_TAKING_BACK_MS = 30_000;
/** Longer than any link can wait. */
const LIST_LIFETIME_MS = 3600_000;

/** The accounts of a user's links, oldest first. */
interface StartedLinks extends StoredValue {
  readonly accountIds: readonly string[];
}

/** Notes a new link of the user, and takes back the oldest ones beyond the limit. A link counts until its browser is bound. */
export async function limitUnfinished(context: UserContext, accountId: string): Promise<void> {
  const { records, lock, identity } = context;
  const key = await startedKey(identity.userId);
  await lock.withLock(key, MAX_TAKING_BACK_MS, async () => {
    const started = await records.read<StartedLinks>(key);
    const all = [...(started?.accountIds ?? []), accountId];
    const accountIds = all.length > MAX_UNFINISHED ? await takeBackOldest(context, all) : all;
    await records.write<StartedLinks>(key, { accountIds, expiresAt: Date.now() + LIST_LIFETIME_MS });
  });
}

/** Returns whether an account of the user is shown as INITIATED until its browser is bound, whatever upstream says. */
export async function hasUnbound({ settings, records, notes, identity }: UserContext): Promise<boolean> {
  if (settings.binding !== 'state') return false;
  const started = await records.read<StartedLinks>(await startedKey(identity.userId));
  const found = await Promise.all((started?.accountIds ?? []).map((id) => notes.findByAccount(id)));
  return found.some(isUnbound);
}

async function startedKey(userId: string): Promise<string> {
  return `started:${await sha256(userId)}`;
}

/** Returns the ids that are left. */
async function takeBackOldest(context: UserContext, ids: readonly string[]): Promise<string[]> {
  const notes = await Promise.all(ids.map((id) => context.notes.findByAccount(id)));
  const waiting = notes.filter((note) => note !== null).filter(isUnfinished);
  const excess = waiting.slice(0, Math.max(0, waiting.length - MAX_UNFINISHED));
  await Promise.all(excess.map((note) => takeBack(context, note)));
  return waiting.slice(excess.length).map(({ accountId }) => accountId);
}

function isUnfinished(note: LinkNote): boolean {
  if (note.phase === 'open') return Date.now() < note.linkExpiresAt;
  return (note.phase === 'pending' || note.phase === 'early') && Date.now() < bindingDeadline(note);
}

async function takeBack(context: UserContext, note: LinkNote): Promise<void> {
  if (note.phase === 'open') await removeIfWaiting(context, note);
  else await rejectAccount(context, note, 'taken_back');
}

/** Without a binding of ours, only upstream knows which link was finished. The new link is not lost if upstream fails. */
async function removeIfWaiting({ upstream, notes }: UserContext, { accountId, userId }: LinkNote): Promise<void> {
  try {
    const { status } = await getAccount(upstream, userId, accountId);
    if (status !== 'INITIATED' && status !== 'INITIALIZING') return;
    await removeAccount(upstream, accountId);
    await notes.forget(accountId);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
  }
}
