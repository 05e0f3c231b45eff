import { z } from 'zod';
import { finishReplacement } from '../binding/account-binding.js';
import { type BoundAccount, bindBrowser } from '../binding/bind-browser.js';
import type { LinkPhase } from '../binding/link-notes.js';
import { completeAuth } from '../composio/connections.js';
import { getOwnAccount } from '../handler/access.js';
import { type RequestContext, requireUser } from '../handler/context.js';
import { invalidRequest, jsonResponse, type RequestError } from '../http/errors.js';
import { optionalText, parseBody } from '../http/request-fields.js';

const bodySchema = z.object({
  state: optionalText(4096),
  sessionUri: optionalText(4096),
  bindingVerifier: optionalText(256),
  connectedAccountId: optionalText(256),
});

/** `POST callback`: the callback page reports that this browser returned from the provider. */
export async function bindBrowserRoute(context: RequestContext): Promise<Response> {
  const { settings } = context;
  const { state, sessionUri, bindingVerifier, connectedAccountId } = parseBody(context.body, bodySchema);
  if (settings.binding === 'state') {
    if (state === undefined) throw missingState(sessionUri);
    return jsonResponse(200, await bindBrowser(context, { state, bindingVerifier, connectedAccountId }));
  }
  const isSession = settings.binding === 'verifier' && sessionUri !== undefined;
  const account = isSession ? await redeemSession(context, sessionUri) : await readUnbound(context, connectedAccountId);
  // A link from before this mode was chosen may wait for a proof. The session is one.
  await noteReturned(context, account, isSession ? ['open', 'pending', 'early'] : ['open']);
  return jsonResponse(200, account);
}

/** Marks the account, so that its user is told at once, and lets it take the place of the one that it replaces. */
async function noteReturned(
  context: RequestContext,
  { connectedAccountId, status }: BoundAccount,
  waiting: readonly LinkPhase[],
): Promise<void> {
  const note = await context.notes.findByAccount(connectedAccountId);
  if (note === null || !waiting.includes(note.phase)) return;
  const phase = status === 'ACTIVE' ? 'bound' : 'open';
  const noted = await context.notes.change(note, { phase, returnedAt: Date.now() });
  if (phase === 'bound') await finishReplacement(context, noted);
}

async function redeemSession(context: RequestContext, sessionUri: string): Promise<BoundAccount> {
  const { userId } = requireUser(context.identity);
  await context.freeLimiter.consume(`return:${userId}`);
  const connectedAccountId = await completeAuth(context.upstream, userId, sessionUri);
  context.subject.connectedAccountId = connectedAccountId;
  // Composio responds only after the account is ACTIVE.
  return { connectedAccountId, status: 'ACTIVE' };
}

/** Reads an account that needs no binding: the mode is `off`, or Composio does not verify the flow, as in its form for keys. */
async function readUnbound(context: RequestContext, id: string | undefined): Promise<BoundAccount> {
  const identity = requireUser(context.identity);
  if (id === undefined) throw invalidRequest('`connectedAccountId` is missing.');
  await context.freeLimiter.consume(`return:${identity.userId}`);
  const { status } = await getOwnAccount({ ...context, identity }, id);
  return { connectedAccountId: id, status };
}

function missingState(sessionUri: string | undefined): RequestError {
  if (sessionUri === undefined) return invalidRequest('`state` is missing.');
  return invalidRequest("This Composio project has a verifier URL. Set the option `binding: 'verifier'`.");
}
