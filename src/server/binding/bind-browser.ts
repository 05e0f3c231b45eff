import type { ConnectionStatus } from '../../core/model/connection-types.js';
import { sha256 } from '../../core/model/crypto.js';
import { getAccount } from '../composio/accounts.js';
import { browserMismatch, linkExpired } from '../composio/connections.js';
import { isWireId } from '../composio/wire-value.js';
import type { RequestContext } from '../handler/context.js';
import { accountNotFound, invalidRequest } from '../http/errors.js';
import { revokeUnbound } from './account-binding.js';
import type { LinkNote } from './link-notes.js';
import { type LinkState, readLinkState } from './link-state.js';

/** What the callback page sends about the browser it runs in. */
export interface ReturnedBrowser {
  readonly state: string;
  readonly bindingVerifier: string | undefined;
  /** A hint: only asked about where no note says which account the link made. */
  readonly connectedAccountId: string | undefined;
}

/** An account whose browser is bound. */
export interface BoundAccount {
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
}

/**
 * Binds the browser that came back from the provider to the user who began the link, by the verifier that only the browser
 * has, or by the user who is signed in there. Neither: the account that the link made is taken away.
 *
 * @throws RequestError `browser_mismatch`; `link_expired` or `invalid_request` for a state that is none, which takes nothing
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
  // Requests that shared the link each brought a challenge.
  return challenge === state.challenge || notes.hasChallenge(state.nonce, challenge);
}

async function bind(context: RequestContext, note: LinkNote): Promise<BoundAccount> {
  if (note.phase === 'rejected') throw browserMismatch();
  if (note.phase === 'pending') {
    if (Date.now() >= note.linkExpiresAt) throw linkExpired();
    // Before upstream is asked: a proof must not be lost because Composio is slow.
    await context.notes.setPhase(note, 'early');
  }
  const account = await getAccount(context.upstream, note.userId, note.accountId);
  if (note.phase !== 'bound' && account.status === 'ACTIVE') await context.notes.setPhase(note, 'bound');
  return { connectedAccountId: note.accountId, status: account.status };
}

/** No note: another store, or an old link. Upstream's word counts. */
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
  // First the note: no read may see the account while upstream takes its time.
  await context.notes.setPhase(note, 'rejected');
  await revokeUnbound(context, note);
}
