import { type ConnectionStatus, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { RequestError } from '../http/errors.js';
import { readStatus } from './account-dto.js';
import type { LinkBody, RefreshParams } from './composio-like.js';
import type { Upstream } from './upstream-calls.js';
import { UpstreamError, upstreamError } from './upstream-error.js';
import { asObject, isWireId } from './wire-value.js';

/** A connection that upstream began. The URL is not checked yet. */
export interface StartedConnection {
  readonly id: string;
  readonly status: ConnectionStatus;
  readonly redirectUrl: unknown;
}

/** What `POST /connected_accounts` is sent. */
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

/** A hosted page on which the user connects. `expiresAt` is in ms since 1970, by the clock of this server. */
export async function createLink(
  upstream: Upstream,
  body: LinkBody,
): Promise<StartedConnection & { expiresAt: number }> {
  const link = asObject(await upstream.send((client, options) => client.link.create(body, options)));
  const wireExpiry = Date.parse(String(link['expires_at']));
  if (Number.isNaN(wireExpiry)) throw upstreamError();
  // A link that seems to be dead on arrival means that the clocks differ; it must not cost its user the account.
  const expiresAt = wireExpiry > Date.now() ? wireExpiry : Date.now() + LINK_LIFETIME_MS;
  const id = readId(link['connected_account_id']);
  return { id, status: 'INITIATED', redirectUrl: link['redirect_url'], expiresAt };
}

/** An account made of credentials, or the start of a flow of the developer's own OAuth app. */
export async function createAccount(upstream: Upstream, body: CreateAccountBody): Promise<StartedConnection> {
  const created = asObject(await upstream.send((client, options) => client.connectedAccounts.create(body, options)));
  const { status, redirectUrl } = asObject(asObject(created['connectionData'])['val']);
  return {
    id: readId(created['id']),
    status: readStatus(status ?? created['status']),
    redirectUrl: redirectUrl ?? created['redirect_url'] ?? null,
  };
}

/** New credentials for an account that keeps its id. A redirecting scheme answers a URL and waits for its user again. */
export async function refreshAccount(
  upstream: Upstream,
  id: string,
  params: RefreshParams,
): Promise<StartedConnection> {
  const refreshed = asObject(
    await upstream.send((client, options) => client.connectedAccounts.refresh(id, params, options)),
  );
  if (refreshed['id'] !== id) throw upstreamError();
  return { id, status: readStatus(refreshed['status']), redirectUrl: refreshed['redirect_url'] ?? null };
}

/**
 * Redeems the session of Composio's callback identity verification for the signed-in user, and answers the account's id.
 * By path, because no released client has a method for it.
 *
 * @throws RequestError `browser_mismatch` when another user began the flow, `link_expired` when the session is used or old
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

/** The browser that finished the flow is not the one, or not of the user, that began it. */
export function browserMismatch(): RequestError {
  return new RequestError('browser_mismatch', 'This connection was begun in another browser or by another user.');
}

/** The flow is over: too late, or ended before. */
export function linkExpired(): RequestError {
  return new RequestError('link_expired', 'This link has expired or was used. Connect again.');
}

function readId(id: unknown): string {
  if (typeof id !== 'string' || !isWireId(id)) throw upstreamError();
  return id;
}
