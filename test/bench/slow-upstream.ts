import { setTimeout as delay } from 'node:timers/promises';
import type { ComposioClientLike, ComposioLike } from '../../src/server.js';

/** A Composio in this process that takes its time. It knows when each account was finished. */
export interface SlowUpstream {
  readonly composio: ComposioLike;
  /** @param ms for each call */
  setLatency(ms: number): void;
  /** @param at on the clock of `performance.now()`, also in the future */
  finish(accountId: string, at: number): void;
  /** Returns the time at which the account becomes ACTIVE, `Infinity` if it does not. */
  finishedAt(accountId: string): number;
  /** Returns the number of calls that read accounts by their ids for all who wait. */
  sharedReads(): number;
}

const CREATED_AT = '2026-11-26T12:00:00.000Z';
const AUTH_CONFIG = {
  id: 'ac_github',
  auth_scheme: 'OAUTH2',
  is_composio_managed: true,
  status: 'ENABLED',
  toolkit: { slug: 'github' },
};

export function createSlowUpstream(latency: number): SlowUpstream {
  const finished = new Map<string, number>();
  let ms = latency;
  let made = 0;
  let shared = 0;
  const account = (id: string) => ({
    id,
    toolkit: { slug: 'github' },
    auth_config: { id: 'ac_github', auth_scheme: 'OAUTH2', is_composio_managed: true, is_disabled: false },
    status: (finished.get(id) ?? Number.POSITIVE_INFINITY) <= performance.now() ? 'ACTIVE' : 'INITIATED',
    status_reason: null,
    is_disabled: false,
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
  });
  const answer = async <Value>(make: () => Value): Promise<Value> => {
    if (ms > 0) await delay(ms / 2);
    const value = make();
    if (ms > 0) await delay(ms / 2);
    return value;
  };
  const unused = () => answer(() => ({}));
  const client: ComposioClientLike = {
    link: {
      create: () =>
        answer(() => ({
          connected_account_id: `ca_${made++}`,
          redirect_url: 'https://connect.composio.dev/link/lk_1',
          expires_at: new Date(Date.now() + 600_000).toISOString(),
        })),
    },
    connectedAccounts: {
      list: ({ connected_account_ids: ids = [], user_ids: users }) => {
        if (users === undefined) shared += 1;
        return answer(() => ({ items: ids.map(account), next_cursor: null, total_pages: 1 }));
      },
      create: unused,
      refresh: unused,
      patch: unused,
      updateStatus: unused,
      delete: unused,
    },
    authConfigs: { retrieve: () => answer(() => AUTH_CONFIG) },
    toolkits: { retrieve: () => answer(() => ({ name: 'GitHub' })) },
    post: unused,
  };
  return {
    composio: { getClient: () => client },
    setLatency(next) {
      ms = next;
    },
    finish: (accountId, at) => void finished.set(accountId, Math.min(at, finished.get(accountId) ?? at)),
    finishedAt: (accountId) => finished.get(accountId) ?? Number.POSITIVE_INFINITY,
    sharedReads: () => shared,
  };
}
