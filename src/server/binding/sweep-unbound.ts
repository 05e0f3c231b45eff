import { readAccount } from '../composio/account-dto.js';
import { findAccounts } from '../composio/accounts.js';
import { startUpstream } from '../composio/upstream-calls.js';
import type { JsonObject } from '../composio/wire-value.js';
import { emitAudit } from '../handler/audit.js';
import type { BindingContext, HandlerContext } from '../handler/context.js';
import { applyBinding, isDead } from './account-binding.js';
import { bindingDeadline, isUnbound, type LinkNote } from './link-notes.js';

/** As many ids as one upstream call may name. */
const MAX_ACCOUNTS_PER_SWEEP = 50;
/** The pause before a sweep that failed is tried again. */
const RETRY_AFTER_MS = 30_000;
/** The note of a flow that is over is kept for as long as Composio remembers a browser, and looked at again. */
const FORGET_AFTER_MS = 3600_000;
/** The time for which a request waits for the sweep that it triggered. */
const MAX_WAIT_MS = 1000;

/**
 * Removes the accounts of this instance whose links have ended unbound. Every request calls it, because a timer would keep the
 * process alive, and edge runtimes allow none outside a request. They also stop work when the response is sent, so the
 * request waits a moment for it. Never rejects.
 */
export async function sweepUnbound(handler: HandlerContext, requestId: string): Promise<void> {
  const ids = handler.sweep.takeDue(MAX_ACCOUNTS_PER_SWEEP);
  if (ids.length === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_WAIT_MS);
  });
  await Promise.race([removeUnbound(handler, ids, requestId), isLate]);
  clearTimeout(timer);
}

async function removeUnbound(handler: HandlerContext, ids: readonly string[], requestId: string): Promise<void> {
  const { composio, onAudit } = handler.settings;
  const upstream = startUpstream(composio);
  const audit: BindingContext['audit'] = (event) =>
    emitAudit(onAudit, { ...event, requestId, time: new Date().toISOString() });
  try {
    const notes = await Promise.all(ids.map((id) => handler.notes.findByAccount(id)));
    await settle({ ...handler, upstream, audit }, notes.filter(isUnbound));
  } catch {
    for (const id of ids) handler.sweep.watch(id, Date.now() + RETRY_AFTER_MS);
  } finally {
    upstream.end();
  }
}

async function settle(context: BindingContext, notes: readonly LinkNote[]): Promise<void> {
  if (notes.length === 0) return;
  const found = await findAccounts(
    context.upstream,
    notes.map(({ accountId }) => accountId),
  );
  for (const note of notes) await settleOne(context, note, found.get(note.accountId));
}

async function settleOne(context: BindingContext, note: LinkNote, wire: JsonObject | undefined): Promise<void> {
  const { sweep, notes } = context;
  const account = readAccount(wire);
  const isOver = note.phase !== 'rejected' && (wire === undefined || (account !== null && isDead(account)));
  if (isOver) {
    // A flow that is over leaves nothing to take away, so its note need not be kept for good. What one response says does
    // not count: without the note, the account would be trusted if it came back.
    const forgetAt = bindingDeadline(note) + FORGET_AFTER_MS;
    if (Date.now() >= forgetAt) await notes.forget(note.accountId);
    else sweep.watch(note.accountId, forgetAt);
    return;
  }
  if (account !== null) await applyBinding(context, account, note);
  const isUnsettled = note.phase === 'early' || (wire !== undefined && account === null);
  if (isUnsettled) sweep.watch(note.accountId, Date.now() + RETRY_AFTER_MS);
}
