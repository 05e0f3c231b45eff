import { getAccount, removeAccount, setAlias } from '../composio/accounts.js';
import type { BindingContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import type { LinkNote, ReplacedAccount } from './link-notes.js';

/**
 * Deletes the account that a bound one replaces, and hands its name over. It is not revoked: providers revoke a whole grant,
 * which the new account shares. Never rejects because of upstream: the next read of the new account tries again.
 */
export async function finishReplacement(context: BindingContext, note: LinkNote): Promise<void> {
  const { replaces, userId, authConfigId } = note;
  if (!replaces) return;
  const event = { action: 'replace_account', userId, connectedAccountId: replaces.id, authConfigId } as const;
  await context.singleFlight.run(`replace:${replaces.id}`, async () => {
    try {
      await replace(context, note, replaces);
      context.audit({ ...event, outcome: 'success' });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      context.audit({ ...event, outcome: error.code });
      // A name that is taken stays taken.
      if (error.code === 'alias_taken') await context.notes.change(note, { phase: 'bound', replaces: null });
    }
  });
}

async function replace(context: BindingContext, note: LinkNote, replaces: ReplacedAccount): Promise<void> {
  const { upstream, notes } = context;
  const old = await getAccount(upstream, note.userId, replaces.id).catch((error) => {
    if (error instanceof RequestError && error.code === 'not_found') return null;
    throw error;
  });
  // The user may have renamed it meanwhile.
  const alias = old === null ? replaces.alias : old.alias;
  if (old !== null) await removeAccount(upstream, old.id, { revoke: false });
  if (alias) await setAlias(upstream, note.accountId, alias);
  await notes.change(note, { phase: 'bound', replaces: null });
}
