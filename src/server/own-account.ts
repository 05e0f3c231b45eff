import type { ConnectedAccount } from '../core/connection-types.js';
import { isAllowedAuthConfig } from './allowed-auth-configs.js';
import { reviewAccount } from './binding/review-account.js';
import { getAccount } from './composio/accounts.js';
import { isWireId } from './composio/wire-value.js';
import { accountNotFound } from './http/request-failure.js';
import type { UserContext } from './request-context.js';

/**
 * The account of an id, if it is this user's and allowed. Every route that takes an id goes through here.
 *
 * @throws RequestFailure the one 404 of all other ids
 */
export async function getOwnAccount(context: UserContext, id: string): Promise<ConnectedAccount> {
  if (!isWireId(id)) throw accountNotFound();
  context.subject.connectedAccountId = id;
  const account = await getAccount(context.upstream, context.identity.userId, id);
  if (!isAllowedAuthConfig(context, account.authConfig.id)) throw accountNotFound();
  const reviewed = await reviewAccount(context, account);
  if (reviewed === null) throw accountNotFound();
  return reviewed;
}

/** The account with its toolkit's name and logo, where they are known without asking. */
export function withToolkit({ toolkits }: UserContext, account: ConnectedAccount): ConnectedAccount {
  const toolkit = toolkits.peek(account.toolkit.slug);
  if (toolkit === undefined) return account;
  const { slug, name, logo } = toolkit;
  return { ...account, toolkit: { slug, name, ...(logo !== null && { logo }) } };
}
