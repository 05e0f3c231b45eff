import { removeAccount } from '../composio/accounts.js';
import { jsonResponse } from '../http/json-response.js';
import { getOwnAccount } from '../own-account.js';
import type { UserContext } from '../request-context.js';

/** `DELETE connected-accounts/{id}`: revoked at the provider too, where that can be done. */
export async function deleteAccountRoute(context: UserContext): Promise<Response> {
  const account = await getOwnAccount(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  await removeAccount(context.upstream, account.id);
  return jsonResponse(200, { success: true });
}
