import { findAccounts } from './accounts.js';
import type { ComposioLike } from './composio-like.js';
import { startUpstream, type Upstream } from './upstream-calls.js';
import { toUpstreamError, UpstreamError } from './upstream-error.js';
import type { JsonObject } from './wire-value.js';

/** Composio does not say how many ids a list may name. 50 make a URL of 1 KB. */
const MAX_IDS_PER_CALL = 50;
/** More than upstream can have by accident. */
const MAX_ODD_IDS = 1000;

/** Too many ids, a body or URL that is too long, or headers that are. */
const TOO_MANY = [400, 413, 414, 422, 431];

/** What one call found: the account as it is on the wire, an error, or nothing for an id that does not exist. */
export type BatchResults = ReadonlyMap<string, JsonObject | Error>;

/** Reads accounts of any users by their ids, as many in one call as upstream takes. */
export interface IdBatches {
  /** The number of ids that one call may name at present. */
  readonly size: number;
  /**
   * Never rejects.
   *
   * @param onCall called for each call to upstream
   */
  read(ids: readonly string[], onCall: () => void): Promise<BatchResults>;
}

export function createIdBatches(composio: ComposioLike): IdBatches {
  let size = MAX_IDS_PER_CALL;
  /** Ids that upstream refuses by themselves. They are read alone, so that they do not split every call that they are in. */
  const oddIds = new Set<string>();

  /** Halves a batch that upstream refuses, so that neither a limit nor one odd id fails the others. */
  async function readHalves(upstream: Upstream, ids: readonly string[]): Promise<BatchResults> {
    try {
      return await findAccounts(upstream, ids);
    } catch (error) {
      if (ids.length === 1 || !isRefusedBatch(error)) return new Map(ids.map((id) => [id, asError(error)]));
    }
    const middle = Math.ceil(ids.length / 2);
    const one = await readHalves(upstream, ids.slice(0, middle));
    const other = await readHalves(upstream, ids.slice(middle));
    const isRefused = [...one.values(), ...other.values()].some(isRefusedBatch);
    // If a single id was refused, it was that id and not their number.
    if (!isRefused) size = Math.min(size, middle);
    for (const [id, result] of [...one, ...other])
      if (isRefusedBatch(result) && oddIds.size < MAX_ODD_IDS) oddIds.add(id);
    return new Map([...one, ...other]);
  }

  return {
    get size() {
      return size;
    },
    async read(ids, onCall) {
      const upstream = startUpstream(composio);
      const counted: Upstream = {
        ...upstream,
        send: (call, options) => {
          onCall();
          return upstream.send(call, options);
        },
      };
      try {
        const odd = ids.filter((id) => oddIds.has(id));
        const groups = [ids.filter((id) => !oddIds.has(id)), ...odd.map((id) => [id])].filter(
          ({ length }) => length > 0,
        );
        const read = await Promise.all(groups.map((group) => readHalves(counted, group)));
        return new Map(read.flatMap((results) => [...results]));
      } finally {
        upstream.end();
      }
    },
  };
}

/** Returns whether upstream refused a call because of what it named. */
export function isRefusedBatch(error: unknown): boolean {
  return error instanceof UpstreamError && TOO_MANY.includes(error.refusal.status ?? 0);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : toUpstreamError(error);
}
