import { z } from 'zod';
import { requireAllowedAuthConfig, resolveCallbackUrl } from '../handler/access.js';
import type { UserContext } from '../handler/context.js';
import { jsonResponse } from '../http/errors.js';
import {
  aliasField,
  authConfigIdField,
  challengeField,
  optionalFlag,
  optionalText,
  parseBody,
  textRecord,
} from '../http/request-fields.js';
import { getOrCreateLink } from '../links/get-or-create-link.js';

const bodySchema = z.object({
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
    bodySchema,
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
