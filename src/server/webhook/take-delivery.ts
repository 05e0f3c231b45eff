import { RequestError } from '../http/errors.js';
import { HOST_TIMEOUT_MS } from '../http/time-limit.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

/** A delivery is remembered as long as its timestamp is valid, for clocks that differ as much as is allowed. */
const DELIVERY_LIFETIME_MS = 600_000;
/** Longer than `onExpired` and the store may take. An instance that is silent for longer has died. */
const CLAIM_LIFETIME_MS = 3 * HOST_TIMEOUT_MS;

interface Claim extends StoredValue {
  readonly owner: string;
}

/**
 * Runs the work of a delivery once over all instances that share a store with `setIfAbsent`. It counts as done only after
 * it has succeeded, so a delivery is not lost with an instance that dies half-way.
 *
 * @throws RequestError 503 with `Retry-After` while another instance works on it
 */
export async function takeDelivery(records: Records, id: string, work: () => Promise<void>): Promise<void> {
  const doneKey = `webhook:${id}`;
  const claimKey = `webhook-claim:${id}`;
  const isDone = async () => (await records.read(doneKey)) !== null;
  if (await isDone()) return;
  const owner = crypto.randomUUID();
  if (!(await records.claim<Claim>(claimKey, { owner, expiresAt: Date.now() + CLAIM_LIFETIME_MS }))) {
    if (await isDone()) return;
    throw takenByOther();
  }
  try {
    // Read again: another instance may have finished between the first look and the claim.
    if (await isDone()) return;
    await work();
    await records.write(doneKey, { expiresAt: Date.now() + DELIVERY_LIFETIME_MS });
  } finally {
    await release(records, claimKey, owner).catch(() => {});
  }
}

async function release(records: Records, key: string, owner: string): Promise<void> {
  if ((await records.read<Claim>(key))?.owner === owner) await records.erase(key);
}

function takenByOther(): RequestError {
  return new RequestError('internal_error', 'Another instance works on this delivery.', {
    status: 503,
    headers: { 'Retry-After': String(HOST_TIMEOUT_MS / 1000) },
  });
}
