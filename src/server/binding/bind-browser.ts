import { sha256 } from '../../core/model/binding-verifier.js';
import { type ConnectedAccount, type ConnectionStatus, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { getAccount } from '../composio/accounts.js';
import { browserMismatch, linkExpired } from '../composio/connections.js';
import { isWireId } from '../composio/wire-value.js';
import type { RequestContext } from '../handler/context.js';
import { accountNotFound, invalidRequest, RequestError } from '../http/errors.js';
import { applyBinding, rejectAccount, removeRejected } from './account-binding.js';
import { bindingDeadline, type LinkNote } from './link-notes.js';
import { type LinkState, readLinkState } from './link-state.js';

/** The clocks of this server and of Composio may differ by this much. */
const CLOCK_TOLERANCE_MS = 30_000;

/** The data that the callback page sends about its browser. */
export interface ReturnedBrowser {
  readonly state: string;
  readonly bindingVerifier: string | undefined;
  /** A hint, used only if the note of the link was lost. */
  readonly connectedAccountId: string | undefined;
}

/** An account and the browser that is bound to it. */
export interface BoundAccount {
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
}

/**
 * Binds the browser that returned from the provider to the user who started the link. The proof is the user who is signed in
 * there, or the verifier that only that browser has. Without a proof, the account that the link created is taken away, even
 * if another browser was bound before: the owner of a link may have learned its `state`, and in an honest flow one browser
 * returns.
 *
 * @throws RequestError `browser_mismatch`; or `link_expired` or `invalid_request` for a bad `state`, which removes nothing
 */
export async function bindBrowser(context: RequestContext, browser: ReturnedBrowser): Promise<BoundAccount> {
  const state = await requireState(context, browser.state);
  const note = await context.notes.findByNonce(state.nonce);
  context.subject.authConfigId = state.authConfigId;
  context.subject.connectedAccountId = note?.accountId ?? null;
  if (!(await isProven(context, state, browser.bindingVerifier))) {
    await takeAway(context, state, note, browser.connectedAccountId);
    throw browserMismatch();
  }
  context.subject.userId = state.userId;
  // Only proofs are counted: the owner of a link must not be able to keep the browser out that ends it.
  await context.freeLimiter.consume(`proof:${state.nonce}`);
  return bind(context, note ?? (await adopt(context, state, browser.connectedAccountId)));
}

async function requireState({ settings }: RequestContext, text: string): Promise<LinkState> {
  const state = await readLinkState(text, settings.keys);
  if (state === 'expired') throw linkExpired();
  if (state === 'invalid') throw invalidRequest('`state` was not signed by this handler.');
  return state;
}

async function isProven({ identity }: RequestContext, state: LinkState, verifier: string | undefined) {
  // A browser can be shared: another user who is signed in there contradicts the verifier.
  if (identity !== null) return identity.userId === state.userId;
  return verifier !== undefined && state.challenge !== undefined && (await sha256(verifier)) === state.challenge;
}

async function bind(context: RequestContext, note: LinkNote): Promise<BoundAccount> {
  if (note.phase === 'rejected') throw rejectedError(note);
  if (note.phase !== 'bound' && Date.now() >= bindingDeadline(note)) throw linkExpired();
  // Written before the upstream call, so that a slow Composio cannot lose the proof.
  const proven = note.phase === 'bound' ? note : await context.notes.change(note, { phase: 'early' });
  if (proven.phase === 'rejected') throw rejectedError(proven);
  const account = await getAccount(context.upstream, note.userId, note.accountId);
  const reviewed = await applyBinding(context, account, proven);
  if (reviewed === null) throw browserMismatch();
  return { connectedAccountId: note.accountId, status: reviewed.status };
}

/** The error for a proof that comes after the account was taken away. */
function rejectedError({ cause, isRemoved }: LinkNote): RequestError {
  if (cause === 'unfinished') return linkExpired();
  return isRemoved || cause === 'taken_back' ? accountNotFound() : browserMismatch();
}

/** Rejects the account of a link that another browser finished. */
async function takeAway(context: RequestContext, state: LinkState, note: LinkNote | null, id: string | undefined) {
  if (note?.phase === 'rejected') await removeRejected(context, note);
  else if (note !== null && !isSettled(note)) await rejectAccount(context, note, 'mismatch');
  if (note !== null && !note.isAdopted) return;
  const unnoted = await findUnnoted(context, state, id);
  if (unnoted === null || unnoted.id === note?.accountId) return;
  await rejectAccount(context, await addLostNote(context, state, unnoted.id), 'mismatch');
}

/** Returns whether the browser of a link was bound so long ago that nobody else can return from it. */
function isSettled(note: LinkNote): boolean {
  return note.phase === 'bound' && Date.now() >= bindingDeadline(note);
}

/** Makes the note of a link again that was lost, as after a restart with a store in memory. */
async function adopt(context: RequestContext, state: LinkState, id: string | undefined): Promise<LinkNote> {
  const account = await findUnnoted(context, state, id);
  if (account === null) throw accountNotFound();
  context.subject.connectedAccountId = account.id;
  return addLostNote(context, state, account.id);
}

async function addLostNote(
  { notes, sweep }: RequestContext,
  { nonce, userId, authConfigId, issuedAt }: LinkState,
  accountId: string,
): Promise<LinkNote> {
  const link = { nonce, accountId, userId, authConfigId, linkExpiresAt: issuedAt + LINK_LIFETIME_MS };
  const note = await notes.add({ ...link, phase: 'pending', isAdopted: true });
  sweep.watch(accountId, bindingDeadline(note));
  return note;
}

/**
 * Returns the account that a callback names, if the link of this `state` can have created it and no note says whose it is.
 * A note that was made from a `state` does not count: the owner of two links could protect one by the other.
 */
async function findUnnoted(
  { notes, upstream }: RequestContext,
  state: LinkState,
  id: string | undefined,
): Promise<ConnectedAccount | null> {
  if (id === undefined || !isWireId(id)) return null;
  const own = await notes.findByAccount(id);
  if (own !== null && (!own.isAdopted || own.phase === 'rejected')) return null;
  const account = await getAccount(upstream, state.userId, id).catch((error) => {
    if (error instanceof RequestError && error.code === 'not_found') return null;
    throw error;
  });
  const isOfLink = account?.authConfig.id === state.authConfigId;
  return isOfLink && Date.parse(account.createdAt) >= state.issuedAt - CLOCK_TOLERANCE_MS ? account : null;
}
