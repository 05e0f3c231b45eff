import { sha256 } from '../../core/model/binding-verifier.js';
import type { ConnectionStatus } from '../../core/model/connection-types.js';
import { getAccount } from '../composio/accounts.js';
import { browserMismatch, linkExpired } from '../composio/connections.js';
import { isWireId } from '../composio/wire-value.js';
import type { RequestContext } from '../handler/context.js';
import { accountNotFound, invalidRequest } from '../http/errors.js';
import { revokeUnbound } from './account-binding.js';
import type { LinkNote } from './link-notes.js';
import { type LinkState, readLinkState } from './link-state.js';

/** The data that the callback page sends about its browser. */
export interface ReturnedBrowser {
  readonly state: string;
  readonly bindingVerifier: string | undefined;
  /** A hint, used only if no note says which account the link created. */
  readonly connectedAccountId: string | undefined;
}

/** An account and the browser that is bound to it. */
export interface BoundAccount {
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
}

/**
 * Binds the browser that returned from the provider to the user who started the link. The proof is the verifier that only
 * that browser has, or the user who is signed in there. Without a proof, the account that the link created is revoked.
 *
 * @throws RequestError `browser_mismatch`; or `link_expired` or `invalid_request` for a bad `state`, which revokes nothing
 */
export async function bindBrowser(context: RequestContext, browser: ReturnedBrowser): Promise<BoundAccount> {
  const state = await requireState(context, browser.state);
  const note = await context.notes.findByNonce(state.nonce);
  context.subject.authConfigId = state.authConfigId;
  context.subject.connectedAccountId = note?.accountId ?? null;
  if (!(await isProven(context, state, browser.bindingVerifier))) {
    if (note !== null) await reject(context, note);
    throw browserMismatch();
  }
  context.subject.userId = state.userId;
  return note === null ? bindWithoutNote(context, state, browser.connectedAccountId) : bind(context, note);
}

async function requireState({ settings }: RequestContext, text: string): Promise<LinkState> {
  const state = await readLinkState(text, settings.keys);
  if (state === 'expired') throw linkExpired();
  if (state === 'invalid') throw invalidRequest('`state` was not signed by this handler.');
  return state;
}

async function isProven(
  { identity, notes }: RequestContext,
  state: LinkState,
  verifier: string | undefined,
): Promise<boolean> {
  if (identity?.userId === state.userId) return true;
  if (verifier === undefined) return false;
  const challenge = await sha256(verifier);
  // Every request that shared the link added a challenge of its own.
  return challenge === state.challenge || notes.hasChallenge(state.nonce, challenge);
}

async function bind(context: RequestContext, note: LinkNote): Promise<BoundAccount> {
  if (note.phase === 'rejected') throw browserMismatch();
  if (note.phase === 'pending') {
    if (Date.now() >= note.linkExpiresAt) throw linkExpired();
    // Written before the upstream call, so that a slow Composio cannot lose the proof.
    await context.notes.setPhase(note, 'early');
  }
  const account = await getAccount(context.upstream, note.userId, note.accountId);
  if (note.phase !== 'bound' && account.status === 'ACTIVE') await context.notes.setPhase(note, 'bound');
  return { connectedAccountId: note.accountId, status: account.status };
}

/** Binds a link without a note, which was made with another store or long ago. Upstream's status counts. */
async function bindWithoutNote(
  context: RequestContext,
  state: LinkState,
  id: string | undefined,
): Promise<BoundAccount> {
  if (id === undefined || !isWireId(id)) throw accountNotFound();
  const account = await getAccount(context.upstream, state.userId, id);
  if (account.authConfig.id !== state.authConfigId) throw accountNotFound();
  context.subject.connectedAccountId = id;
  return { connectedAccountId: id, status: account.status };
}

async function reject(context: RequestContext, note: LinkNote): Promise<void> {
  if (note.phase === 'bound') return;
  if (note.phase === 'early') {
    const account = await getAccount(context.upstream, note.userId, note.accountId).catch(() => null);
    if (account?.status !== 'ACTIVE') return;
  }
  // The note comes first, so that no read sees the account while upstream is slow.
  await context.notes.setPhase(note, 'rejected');
  await revokeUnbound(context, note);
}
