import { isObject } from '../composio/wire-value.js';
import type { RequestError } from '../http/errors.js';
import { describeError, HOST_TIMEOUT_MS, limitTime } from '../http/time-limit.js';
import { getEraser, storeError } from './records.js';
import type { ConnectStore, StoredValue } from './store.js';

/** Longer than {@link TTL_SECONDS} if a store takes that for ms. */
const TTL_CHECK_MS = 100;
/** The shortest `ttl` that Cloudflare KV accepts. */
const TTL_SECONDS = 60;
/** A deletion may take a moment to be seen. */
const DELETE_CHECKS = 5;
const DELETE_CHECK_INTERVAL_MS = 200;

/** Checks once that a store keeps what is written. A store that does not would let anyone's account through, silently. */
export interface StoreProbe {
  /**
   * Resolves when the store has passed. A wrong answer is final; a store that throws is asked again by the next call.
   *
   * @throws RequestError 500, with the fix in the log
   */
  passed(): Promise<void>;
}

/** The probe for the memory of this process, which needs none. */
export const noProbe: StoreProbe = { passed: () => Promise.resolve() };

/** Starts the probe where the runtime allows it. Workers allow no input or output before the first request. */
export function startStoreProbe(store: ConnectStore): StoreProbe {
  let verdict: string | undefined;
  let running: Promise<string> | undefined;

  async function passed(): Promise<void> {
    if (verdict === '') return;
    try {
      const probing = running ?? probe(store);
      running = probing;
      verdict ??= await limitTime(() => probing, HOST_TIMEOUT_MS);
    } catch (error) {
      running = undefined;
      throw storeError(
        `\`store\` ${describeError(error)} while it was checked; it is checked again with the next request`,
      );
    }
    if (verdict !== '') throw unfit(verdict);
  }

  // The first request asks again and logs the outcome.
  running = probe(store);
  running.catch(() => {
    running = undefined;
  });
  return { passed };
}

function unfit(problem: string): RequestError {
  return storeError(`\`store\` cannot be used: ${problem}`);
}

interface ProbeValue extends StoredValue {
  readonly probe: string;
}

/** Returns what is wrong with a store and how to fix it, or `''`. */
async function probe(store: ConnectStore): Promise<string> {
  const nonce = crypto.randomUUID();
  const key = `connect-account:probe:${nonce}`;
  const value: ProbeValue = { probe: nonce, expiresAt: Date.now() + TTL_SECONDS * 1000 };
  await store.set(key, value, { ttl: TTL_SECONDS });
  const written = compare(await store.get(key), value);
  if (written !== '') return written;
  const atomic = await probeAtomicSteps(store, `${key}:atomic`, value);
  if (atomic !== '') return atomic;
  await wait(TTL_CHECK_MS);
  const kept = compare(await store.get(key), value);
  if (kept !== '') return `it lost a value ${TTL_CHECK_MS} ms after it was written. \`ttl\` is in seconds, not in ms`;
  return probeDeletion(store, key);
}

function compare(found: unknown, { probe, expiresAt }: ProbeValue): string {
  if (found === null || found === undefined) return 'it does not return what was just written';
  if (typeof found === 'string') return 'its `get` returns text. It must return the object: use JSON.parse';
  const isSame = isObject(found) && found['probe'] === probe && found['expiresAt'] === expiresAt;
  return isSame ? '' : 'its `get` returns something else than was written';
}

async function probeAtomicSteps(store: ConnectStore, key: string, value: ProbeValue): Promise<string> {
  const erase = getEraser(store);
  if (store.setIfAbsent) {
    const claims = [
      await store.setIfAbsent(key, value, { ttl: TTL_SECONDS }),
      await store.setIfAbsent(key, value, { ttl: TTL_SECONDS }),
    ];
    if (claims[0] !== true || claims[1] !== false)
      return 'its `setIfAbsent` must return true when it wrote the value and false when the key exists';
    if (compare(await store.get(key), value) !== '') return 'its `get` does not return what `setIfAbsent` wrote';
    await erase(key);
  }
  if (store.increment) {
    const counter = `${key}:count`;
    const counts = [
      await store.increment(counter, { ttl: TTL_SECONDS }),
      await store.increment(counter, { ttl: TTL_SECONDS }),
    ];
    if (counts[0] !== 1 || counts[1] !== 2) return 'its `increment` must return 1, then 2, as numbers';
    await erase(counter);
  }
  return '';
}

async function probeDeletion(store: ConnectStore, key: string): Promise<string> {
  await getEraser(store)(key);
  for (let check = 1; check <= DELETE_CHECKS; check += 1) {
    const found = await store.get(key);
    if (found === null || found === undefined) return '';
    await wait(DELETE_CHECK_INTERVAL_MS);
  }
  return 'it still returns a value that was deleted';
}

function wait(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
