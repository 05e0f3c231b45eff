import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../demo/provider/start-provider.js';
import { createSessionToken } from '../../src/server.js';
import { FormBrowser } from '../emulator/support/form-browser.js';

export const SECRET = 'a secret of the tests, 32 bytes or more';

/** What a backend needs of the world. */
export interface Upstreams {
  readonly emulator: Emulator;
  readonly provider: Provider;
  close(): Promise<void>;
}

export async function startUpstreams(): Promise<Upstreams> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  return { emulator, provider, close: async () => void (await Promise.all([emulator.close(), provider.close()])) };
}

/** A backend that is served somewhere, as its pages see it. */
export interface ServedBackend {
  readonly origin: string;
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/**
 * One user's way from nothing to an ACTIVE account: link, sign-in at the provider, callback page, binding, status. Then
 * what must be refused everywhere. `parts` may be several instances of one backend, asked in turn. A backend may offer no
 * PATCH.
 */
export async function connectEndToEnd(
  { emulator, provider }: Upstreams,
  parts: readonly ServedBackend[],
  userId: string,
  { renames = true } = {},
) {
  const token = await createSessionToken({ userId }, SECRET);
  let turn = 0;
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const part = parts[turn++ % parts.length] as ServedBackend;
    return part.fetch(`${part.origin}/api/connect${path}`, {
      method,
      headers: {
        ...(method !== 'GET' && { origin: part.origin, 'sec-fetch-site': 'same-origin' }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  };
  const asUser = { authorization: `Bearer ${token}` };
  const verifier = randomBytes(32).toString('base64url');
  const bindingChallenge = createHash('sha256').update(verifier).digest('base64url');

  const linked = await send(
    'POST',
    '/connected-accounts/link',
    { authConfigId: 'ac_github', bindingChallenge },
    asUser,
  );
  assert.equal(linked.status, 201, await linked.clone().text());
  const { id, redirectUrl } = (await linked.json()) as { id: string; redirectUrl: string };
  const status = async () => {
    const answer = await send('GET', `/connected-accounts/${id}?userId=${userId}`, undefined, asUser);
    return ((await answer.json()) as { status: string }).status;
  };

  const { url } = await new FormBrowser(emulator.origin, provider.origin).follow(redirectUrl);
  assert.equal(url.pathname, '/api/connect/callback');
  const page = await send('GET', '/callback');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(page.headers.get('cross-origin-opener-policy'), null);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
  assert.equal(await status(), 'INITIATED', 'nobody is bound yet');

  const state = url.searchParams.get('state');
  const bound = await send('POST', '/callback', { state, bindingVerifier: verifier });
  assert.deepEqual([bound.status, await bound.json()], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
  assert.equal(await status(), 'ACTIVE');

  assert.equal((await send('GET', '/connected-accounts')).status, 401);
  assert.equal(
    (await send('PATCH', `/connected-accounts/${id}`, { alias: 'x' }, { ...asUser, origin: 'https://evil.example' }))
      .status,
    403,
  );
  const listed = await send('GET', '/connected-accounts?statuses=ACTIVE', undefined, asUser);
  assert.deepEqual(
    ((await listed.json()) as { items: { id: string }[] }).items.map((account) => account.id),
    [id],
  );
  const renamed = await send('PATCH', `/connected-accounts/${id}`, { alias: 'Ärger & Söhne' }, asUser);
  if (renames) assert.equal(((await renamed.json()) as { alias: string }).alias, 'Ärger & Söhne');
  else assert.equal(renamed.status, 405);
  assert.equal((await send('DELETE', `/connected-accounts/${id}`, undefined, asUser)).status, 200);
}
