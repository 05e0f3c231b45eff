import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { accountNotFound } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import { findAccounts } from './accounts.js';
import type { Upstream } from './upstream-calls.js';
import { UpstreamError, upstreamError } from './upstream-error.js';
import type { JsonObject } from './wire-value.js';

/** All waiting users together cost one call in this time. */
const BATCH_WINDOW_MS = 1000;
/** Further ids wait for the next call. 500 ids make a URL of about 10 KB; servers commonly accept 16 KB. */
const MAX_IDS_PER_CALL = 500;

/**
 * Batches the status reads of waiting users: all reads of a window share one upstream call, however many users wait.
 * The caller must check ownership first.
 */
export interface StatusReads {
  /**
   * Returns the account as upstream had it at the time of this call or later.
   *
   * @throws RequestError `not_found` if it no longer exists
   */
  read(upstream: Upstream, userId: string, id: string): Promise<ConnectedAccount>;
}

/** Reads that will be sent in one call. */
interface Batch {
  readonly ids: Set<string>;
  answer?: Promise<ReadonlyMap<string, JsonObject>>;
}

export function createStatusReads(): StatusReads {
  let windowEnd = 0;
  let lastIds: ReadonlySet<string> = new Set();
  /** Batches that are not sent yet, one for each coming window. */
  const waiting: Batch[] = [];
  let maxIdsPerCall = MAX_IDS_PER_CALL;

  function join(id: string): Batch {
    const last = waiting.at(-1);
    const batch = last !== undefined && last.ids.size < maxIdsPerCall ? last : { ids: new Set<string>() };
    if (batch !== last) waiting.push(batch);
    batch.ids.add(id);
    return batch;
  }

  /** Returns 0 for the first read after a pause, and for a user who is the only one waiting. */
  function timeToWait(batch: Batch, id: string): number {
    const isOnlyOne = waiting.length === 1 && batch.ids.size === 1;
    const isAlone = isOnlyOne && lastIds.size === 1 && lastIds.has(id);
    return isAlone ? 0 : Math.max(0, windowEnd + waiting.indexOf(batch) * BATCH_WINDOW_MS - Date.now());
  }

  async function send(batch: Batch, upstream: Upstream): Promise<ReadonlyMap<string, JsonObject>> {
    waiting.splice(0, waiting.indexOf(batch) + 1);
    lastIds = batch.ids;
    windowEnd = Date.now() + BATCH_WINDOW_MS;
    try {
      return await findAccounts(upstream, [...batch.ids]);
    } catch (error) {
      if (isTooLong(error)) maxIdsPerCall = Math.max(1, Math.floor(batch.ids.size / 2));
      throw error;
    }
  }

  return {
    async read(upstream, userId, id) {
      const batch = join(id);
      const wait = timeToWait(batch, id);
      // Each request has its own timer: on Workers a timer ends with the request that set it, and the others would hang.
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      batch.answer ??= send(batch, upstream);
      const wire = (await batch.answer).get(id);
      if (wire === undefined || belongsToOther(wire, userId)) throw accountNotFound();
      const account = readAccount(wire);
      if (account === null) throw upstreamError();
      return account;
    },
  };
}

/** 414 URI Too Long and 431 Request Header Fields Too Large. */
function isTooLong(error: unknown): boolean {
  return error instanceof UpstreamError && [414, 431].includes(error.refusal.status ?? 0);
}
