import { type ConnectionStatus, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { RequestError } from '../http/errors.js';
import { readStatus } from './account-dto.js';
import type { LinkBody } from './composio-like.js';
import type { Upstream } from './upstream-calls.js';
import { UpstreamError, upstreamError } from './upstream-error.js';
import { asObject, isWireId } from './wire-value.js';

/** A connection that upstream started. The URL is not checked yet. */
export interface StartedConnection {
  readonly id: string;
  readonly status: ConnectionStatus;
  readonly redirectUrl: unknown;
}

/** The body of `POST /connected_accounts`. */
export interface CreateAccountBody {
  readonly auth_config: { readonly id: string };
  readonly connection: {
    readonly user_id: string;
    readonly alias?: string;
    readonly callback_url?: string;
    readonly state: { readonly authScheme: string; readonly val: Readonly<Record<string, string>> };
  };
  readonly validate_credentials?: boolean;
}

/** Creates a link to a hosted page on which the user connects. `expiresAt` is in ms since 1970, by this server's clock. */
export async function createLink(
  upstream: Upstream,
  body: LinkBody,
): Promise<StartedConnection & { expiresAt: number }> {
  const link = asObject(await upstream.send((client, options) => client.link.create(body, options)));
  const wireExpiry = Date.parse(String(link['expires_at']));
  if (Number.isNaN(wireExpiry)) throw upstreamError();
  // A link that seems to be expired already means that the clocks differ. The user must not lose the account because of it.
  const expiresAt = wireExpiry > Date.now() ? wireExpiry : Date.now() + LINK_LIFETIME_MS;
  const id = readId(link['connected_account_id']);
  return { id, status: 'INITIATED', redirectUrl: link['redirect_url'], expiresAt };
}

/** Creates an account from credentials, or starts a flow of the developer's own OAuth app. */
export async function createAccount(upstream: Upstream, body: CreateAccountBody): Promise<StartedConnection> {
  const created = asObject(await upstream.send((client, options) => client.connectedAccounts.create(body, options)));
  const { status, redirectUrl } = asObject(asObject(created['connectionData'])['val']);
  return {
    id: readId(created['id']),
    status: readStatus(status ?? created['status']),
    redirectUrl: redirectUrl ?? created['redirect_url'] ?? null,
  };
}

/**
 * Refreshes the credentials of an account. A redirecting scheme returns a URL and waits for the user again. Composio deprecated
 * this and no longer checks the credentials, so `validate_credentials` is not sent.
 *
 * @throws RequestError `unsupported_scheme` if upstream or this version of the SDK has no refresh any more
 * @see https://docs.composio.dev/docs/changelog, 2026-09-22
 */
export async function refreshAccount(upstream: Upstream, id: string): Promise<StartedConnection> {
  try {
    const answer = await upstream.send(async ({ connectedAccounts }, options) => {
      // As if the route were gone, which is why a version of the SDK would lack the method.
      if (connectedAccounts.refresh === undefined) throw Object.assign(new Error('no refresh'), { status: 410 });
      return connectedAccounts.refresh(id, {}, options);
    });
    const refreshed = asObject(answer);
    if (refreshed['id'] !== id) throw upstreamError();
    return { id, status: readStatus(refreshed['status']), redirectUrl: refreshed['redirect_url'] ?? null };
  } catch (error) {
    throw error instanceof UpstreamError && isWithoutRefresh(error) ? refreshUnsupported() : error;
  }
}

/** A vanished account and a vanished route are both 404. */
function isWithoutRefresh({ refusal: { status, slug } }: UpstreamError): boolean {
  return status === 405 || status === 410 || (status === 404 && slug !== 'ConnectedAccount_ResourceNotFound');
}

function refreshUnsupported(): RequestError {
  return new RequestError('unsupported_scheme', 'Composio no longer refreshes this account. Connect again instead.');
}

/**
 * Redeems the session of Composio's callback identity verification for the signed-in user.
 * It is called by path, because the clients before 2.0.0-rc.7 have no method for it.
 *
 * @returns the id of the account
 * @throws RequestError `browser_mismatch` if another user started the flow, `link_expired` if the session is used or too old
 * @see https://docs.composio.dev/reference/api-reference/connected-accounts/postConnectedAccountsCompleteAuth
 */
export async function completeAuth(upstream: Upstream, userId: string, sessionUri: string): Promise<string> {
  const path = '/api/v3.1/connected_accounts/complete_auth';
  const body = { session_uri: sessionUri, user_id: userId };
  try {
    const completed = await upstream.send((client, options) => client.post(path, { ...options, body }));
    return readId(asObject(completed)['connected_account_id']);
  } catch (error) {
    throw error instanceof UpstreamError ? toCompletionError(error) : error;
  }
}

function toCompletionError(error: UpstreamError): RequestError {
  const { status, text } = error.refusal;
  if (status === 400 && /mismatch/i.test(text)) return browserMismatch();
  if (status === 404) return linkExpired();
  return error;
}

/** The error for a flow that was finished in another browser or by another user. */
export function browserMismatch(): RequestError {
  return new RequestError('browser_mismatch', 'This connection was started in another browser or by another user.');
}

/** The error for a flow that has ended. */
export function linkExpired(): RequestError {
  return new RequestError('link_expired', 'This link has expired or was used. Connect again.');
}

function readId(id: unknown): string {
  if (typeof id !== 'string' || !isWireId(id)) throw upstreamError();
  return id;
}
