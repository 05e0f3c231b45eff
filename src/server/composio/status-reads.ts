import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { accountNotFound } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import { findAccounts } from './accounts.js';
import type { Upstream } from './upstream-calls.js';
import { UpstreamError, upstreamError } from './upstream-error.js';
import type { JsonObject } from './wire-value.js';

/** ms in which all waiting users together cost one call. */
const BATCH_WINDOW_MS = 1000;
/** Ids in one call; more wait for the next window. They travel in its URL, which 500 make some 10 KB long; servers commonly take 16. */
const MAX_IDS_PER_CALL = 500;

/**
 * Reads the accounts of users who wait, so that upstream cost grows with time and not with the number of waiters: all
 * reads of a window share one call. Ownership is the caller's to check, before.
 */
export interface StatusReads {
  /**
   * The account as upstream knew it at the time of the call or later.
   *
   * @throws RequestError `not_found` when it is gone
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
  /** Not sent yet, one for each window to come. */
  const waiting: Batch[] = [];
  let maxIdsPerCall = MAX_IDS_PER_CALL;

  function join(id: string): Batch {
    const last = waiting.at(-1);
    const batch = last !== undefined && last.ids.size < maxIdsPerCall ? last : { ids: new Set<string>() };
    if (batch !== last) waiting.push(batch);
    batch.ids.add(id);
    return batch;
  }

  /** The first after a pause goes at once, and so does a user who is the only one to ask. */
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
      // Each with a timer of its own: on Workers a timer ends with the request that set it, and its neighbours would wait.
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
