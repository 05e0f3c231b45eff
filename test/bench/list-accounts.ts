import type { ConnectedAccount, ConnectedAccountPage, ConnectionStatus } from '../../src/index.js';

/** Size of a page. */
export const PAGE = 100;

/** The accounts whose rows were rendered. Only rendering reads the reason of the status. */
export const rendered = new Set<string>();

function createAccount(index: number, status: ConnectionStatus = 'ACTIVE'): ConnectedAccount {
  const createdAt = new Date(Date.parse('2026-03-01T00:00:00Z') - index * 60_000).toISOString();
  const id = `ca_${index}`;
  const account = {
    id,
    toolkit: { slug: 'github', name: 'GitHub' },
    authConfig: { id: 'ac_github', authScheme: 'OAUTH2', isComposioManaged: true, isDisabled: false },
    alias: null,
    wordId: 'github_red-castle',
    displayName: `octocat-${index}`,
    status,
    statusReason: null,
    isDisabled: false,
    createdAt,
    updatedAt: createdAt,
  };
  const get = () => {
    rendered.add(id);
    return null;
  };
  // The property is not enumerable, so comparing accounts does not count as rendering them.
  return Object.defineProperty(account, 'statusReason', { get, enumerable: false });
}

/** Returns ACTIVE accounts, of which `ca_0` is the newest. */
export const createAccounts = (count: number): ConnectedAccount[] =>
  Array.from({ length: count }, (_, index) => createAccount(index));

/** Returns one page of them, as a backend sends it. */
export function pageOf(all: readonly ConnectedAccount[], cursor: string | undefined): ConnectedAccountPage {
  const start = Number(cursor ?? 0);
  const end = start + PAGE;
  const nextCursor = end < all.length ? String(end) : null;
  return { items: all.slice(start, end), nextCursor, totalPages: all.length / PAGE };
}

/** Returns a disabled account, as the backend sends it. */
export const disabled = async (id: string): Promise<ConnectedAccount> =>
  createAccount(Number(id.slice('ca_'.length)), 'INACTIVE');
