import type { ConnectionStatus } from '../../core/model/connection-types.js';
import { findLinkNote } from '../binding/find-link-note.js';
import { isUnbound } from '../binding/link-notes.js';
import { setAlias, setEnabled } from '../composio/accounts.js';
import { browserMismatch } from '../composio/connections.js';
import { jsonResponse } from '../http/json-response.js';
import { invalidRequest } from '../http/request-error.js';
import { optionalAlias, optionalFlag } from '../http/request-fields.js';
import { getOwnAccount, withToolkit } from '../own-account.js';
import type { UserContext } from '../request-context.js';

/** `PATCH connected-accounts/{id}`: enables, disables or renames. */
export async function updateAccountRoute(context: UserContext): Promise<Response> {
  const { body, upstream } = context;
  const alias = optionalAlias(body);
  const enabled = optionalFlag(body, 'enabled');
  if ((alias === undefined) === (enabled === undefined)) throw invalidRequest('Send either `enabled` or `alias`.');
  const account = await getOwnAccount(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  if (enabled === true) await requireEnabling(context, account.id, account.status);
  if (enabled !== undefined) await setEnabled(upstream, account.id, enabled);
  if (alias !== undefined) await setAlias(upstream, account.id, alias);
  return jsonResponse(200, withToolkit(context, await getOwnAccount(context, account.id)));
}

/** Upstream makes any account ACTIVE that is enabled, one that failed and one that another browser finished too. */
async function requireEnabling(context: UserContext, id: string, status: ConnectionStatus): Promise<void> {
  if (isUnbound(await findLinkNote(context, id))) throw browserMismatch();
  if (status === 'INACTIVE' || status === 'ACTIVE') return;
  throw invalidRequest('Only an INACTIVE account can be enabled. Connect it again.');
}
