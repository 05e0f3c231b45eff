import { z } from 'zod';
import { sha256 } from '../../core/model/binding-verifier.js';
import { type AuthConfig, isRedirectScheme } from '../../core/model/connection-types.js';
import { checkRedirectUrl } from '../../core/model/redirect-url.js';
import { addLinkNote, prepareCallback } from '../binding/link-state.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { createAccount, type StartedConnection } from '../composio/connections.js';
import { authConfigDisabled, UpstreamError, unsupportedScheme, upstreamError } from '../composio/upstream-error.js';
import { requireAllowedAuthConfig, resolveCallbackUrl } from '../handler/access.js';
import { creationCalls, spendCalls, type UserContext } from '../handler/context.js';
import { jsonResponse, RequestError } from '../http/errors.js';
import {
  aliasField,
  authConfigIdField,
  challengeField,
  optionalFlag,
  optionalText,
  parseBody,
  textRecord,
} from '../http/request-fields.js';
import {
  assertNotConnected,
  completeCredentials,
  missingFields,
  refuseUndeclaredFields,
} from '../links/account-guard.js';
import { getOrCreateLink } from '../links/get-or-create-link.js';
import { limitUnfinished } from '../links/unfinished-links.js';

const linkSchema = z.object({
  authConfigId: authConfigIdField,
  callbackUrl: optionalText(8192),
  bindingChallenge: challengeField,
  alias: aliasField,
  allowMultiple: optionalFlag,
  connectionData: textRecord,
});

/** `POST connected-accounts/link` */
export async function createLinkRoute(context: UserContext): Promise<Response> {
  const { authConfigId, callbackUrl, bindingChallenge, alias, allowMultiple, connectionData } = parseBody(
    context.body,
    linkSchema,
  );
  requireAllowedAuthConfig(context, authConfigId);
  context.subject.authConfigId = authConfigId;
  const link = await getOrCreateLink(context, {
    authConfigId,
    callbackPage: resolveCallbackUrl(context, callbackUrl),
    challenge: bindingChallenge,
    alias,
    allowMultiple: allowMultiple ?? false,
    connectionData,
    replaces: null,
  });
  context.subject.connectedAccountId = link.accountId;
  const expiresAt = new Date(link.expiresAt).toISOString();
  return jsonResponse(201, { id: link.accountId, status: 'INITIATED', redirectUrl: link.redirectUrl, expiresAt });
}

/** More than the time limit for all upstream calls of a request. */
const MAX_CREATION_MS = 30_000;

const bodySchema = z.object({
  authConfigId: authConfigIdField,
  callbackUrl: optionalText(8192),
  bindingChallenge: challengeField,
  alias: aliasField,
  allowMultiple: optionalFlag,
  credentials: textRecord,
});

/** `POST connected-accounts`: connects with credentials that the user typed. */
export async function createAccountRoute(context: UserContext): Promise<Response> {
  const { authConfigId, allowMultiple, credentials: given, ...body } = parseBody(context.body, bodySchema);
  requireAllowedAuthConfig(context, authConfigId);
  const page = resolveCallbackUrl(context, body.callbackUrl);
  context.subject.authConfigId = authConfigId;
  // Counted before upstream is asked, so that requests over a limit cost nothing there.
  await context.rateLimiter.consume(context.identity.userId);
  await spendCalls(context, creationCalls(context, authConfigId));
  const authConfig = await getAuthConfig(context.upstream, context.toolkits, authConfigId);
  if (authConfig.isDisabled) throw authConfigDisabled();
  if (authConfig.isComposioManaged && isRedirectScheme(authConfig.authScheme)) throw unsupportedScheme();
  refuseUndeclaredFields(given, authConfig, 'credentials');
  const credentials = completeCredentials(given, authConfig);
  const flow = { page, challenge: body.bindingChallenge };
  const create = async () => {
    await assertNotConnected(context, authConfigId, allowMultiple ?? false);
    return createBound(context, authConfig, { alias: body.alias, credentials, flow });
  };
  const turn = `create:${await sha256(JSON.stringify([context.identity.userId, authConfigId]))}`;
  // One at a time: of two equal requests at once, both would find that there is no account yet.
  const created = await (allowMultiple ? create() : context.lock.withLock(turn, MAX_CREATION_MS, create));
  context.subject.connectedAccountId = created.id;
  return jsonResponse(201, created);
}

interface NewAccount {
  readonly alias: string | undefined;
  readonly credentials: Record<string, string>;
  /** The callback page and the challenge of the browser, for an account that the provider finishes. */
  readonly flow: { readonly page: URL; readonly challenge: string | undefined };
}

/** Creates the account. For a developer's own OAuth app the result is a URL, which needs the same binding as a link. */
async function createBound(
  context: UserContext,
  authConfig: AuthConfig,
  { alias, credentials, flow: { page, challenge } }: NewAccount,
): Promise<{ id: string; status: string; redirectUrl: string | null }> {
  const { id: authConfigId, authScheme } = authConfig;
  const callback = await prepareCallback(context, page, { authConfigId, challenge });
  const status = isRedirectScheme(authConfig.authScheme) ? 'INITIALIZING' : 'ACTIVE';
  const { id, ...started } = await send(context, authConfig, {
    auth_config: { id: authConfigId },
    connection: {
      user_id: context.identity.userId,
      callback_url: callback.url,
      ...(alias && { alias }),
      state: { authScheme, val: { ...credentials, status } },
    },
    // Experimental upstream, and only for this scheme. It finds a mistyped key before its first use.
    ...(authScheme === 'API_KEY' && { validate_credentials: true }),
  });
  if (started.redirectUrl === null) return { id, status: started.status, redirectUrl: null };
  const redirectUrl = checkRedirectUrl(started.redirectUrl, context.origin);
  if (redirectUrl === null) throw upstreamError();
  await addLinkNote(context, callback, { accountId: id, authConfigId });
  await limitUnfinished(context, id);
  return { id, status: started.status, redirectUrl };
}

async function send(
  context: UserContext,
  authConfig: AuthConfig,
  body: Parameters<typeof createAccount>[1],
): Promise<StartedConnection> {
  try {
    return await createAccount(context.upstream, body);
  } catch (error) {
    throw error instanceof UpstreamError ? toCredentialsError(error, authConfig) : error;
  }
}

/** Converts a refusal of upstream, which may name fields by their display names. */
function toCredentialsError(error: UpstreamError, { fields }: AuthConfig): RequestError {
  if (error.code !== 'invalid_request') return error;
  const { slug, text } = error.refusal;
  if (slug === 'ConnectedAccount_MissingRequiredFields') {
    const named = fields.filter(({ name, displayName }) => text.includes(name) || text.includes(displayName));
    return missingFields(named.map(({ name }) => name));
  }
  return new RequestError('invalid_credentials', 'These credentials were not accepted.');
}
