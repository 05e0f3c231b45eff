import { resolveCallbackUrl } from '../callback/callback-url.js';
import { requireAllowedAuthConfig } from '../handler/access.js';
import type { UserContext } from '../handler/context.js';
import { jsonResponse } from '../http/errors.js';
import {
  optionalAlias,
  optionalChallenge,
  optionalFlag,
  optionalText,
  requiredText,
  textRecord,
} from '../http/request-fields.js';
import { getOrCreateLink } from '../links/get-or-create-link.js';

/** `POST connected-accounts/link` */
export async function createLinkRoute(context: UserContext): Promise<Response> {
  const { body } = context;
  const authConfigId = requiredText(body, 'authConfigId', 128);
  requireAllowedAuthConfig(context, authConfigId);
  context.subject.authConfigId = authConfigId;
  const challenge = optionalChallenge(body);
  const link = await getOrCreateLink(context, {
    authConfigId,
    callbackPage: resolveCallbackUrl(context, optionalText(body, 'callbackUrl', 8192)),
    challenge,
    alias: optionalAlias(body),
    allowMultiple: optionalFlag(body, 'allowMultiple') ?? false,
    connectionData: textRecord(body, 'connectionData'),
  });
  context.subject.connectedAccountId = link.accountId;
  if (link.nonce !== null && challenge !== undefined) await context.notes.addChallenge(link.nonce, challenge);
  const expiresAt = new Date(link.expiresAt).toISOString();
  return jsonResponse(201, { id: link.accountId, status: 'INITIATED', redirectUrl: link.redirectUrl, expiresAt });
}
