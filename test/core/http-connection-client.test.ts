import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpConnectionClient } from '../../src/core/http/http-connection-client.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';
import { ScriptedFetch } from '../support/scripted-fetch.js';

const ENDPOINT = 'https://app.example.com/api/connect';

function setUp() {
  const backend = new ScriptedFetch();
  const client = new HttpConnectionClient({ endpoint: ENDPOINT, fetch: backend.fetch });
  /** Method and path of the newest request, as in the table of the backend protocol. */
  const route = () => {
    const { url, init } = backend.requests.at(-1) ?? { url: '', init: {} };
    return `${init.method} ${url.slice(ENDPOINT.length)}`;
  };
  const body = () => JSON.parse(String(backend.requests.at(-1)?.init.body));
  return { backend, client, route, body };
}

const isInvalidResponse = (error: unknown) => error instanceof ConnectError && error.code === 'invalid_response';

describe('routes of the backend protocol', () => {
  test('authConfigs reads /auth-configs', async () => {
    const { backend, client, route } = setUp();
    backend.json({ items: [authConfig()] });
    assert.deepEqual(await client.authConfigs(['ac_1', 'ac_2'], { userId: 'user_1' }), [authConfig()]);
    assert.equal(route(), 'GET /auth-configs?ids=ac_1%2Cac_2&userId=user_1');
  });

  test('link posts to /connected-accounts/link', async () => {
    const { backend, client, route, body } = setUp();
    const link = {
      id: 'ca_1',
      status: 'INITIATED',
      redirectUrl: 'https://connect.example.com/link/1',
      expiresAt: '2026-03-01T12:10:00Z',
    };
    backend.json(link, { status: 201, headers: { Date: 'Sun, 01 Mar 2026 12:00:00 GMT' } });
    const options = {
      callbackUrl: 'https://app.example.com/cb',
      bindingChallenge: 'abc',
      connectionData: { shop: 's' },
    };
    const answer = await client.link('user_1', 'ac_github', options);
    assert.deepEqual(answer, { ...link, serverTime: Date.parse('2026-03-01T12:00:00Z') });
    assert.equal(route(), 'POST /connected-accounts/link');
    assert.deepEqual(body(), { userId: 'user_1', authConfigId: 'ac_github', ...options });
  });

  test('link has no serverTime if the backend sends no date', async () => {
    const { backend, client } = setUp();
    const link = { id: 'ca_1', status: 'INITIATED', redirectUrl: 'https://c.example.com', expiresAt: '2026-03-01' };
    backend.json(link, { status: 201 });
    assert.deepEqual(await client.link('user_1', 'ac_github'), link);
  });

  test('get reads one account', async () => {
    const { backend, client, route } = setUp();
    backend.json(connectedAccount({ id: 'ca/1?x' }));
    assert.equal((await client.get('ca/1?x', { userId: 'user_1' })).id, 'ca/1?x');
    assert.equal(route(), 'GET /connected-accounts/ca%2F1%3Fx?userId=user_1');
  });

  test('list sends every filter', async () => {
    const { backend, client, route } = setUp();
    backend.json({ items: [connectedAccount()], nextCursor: 'n', totalPages: 3, totalItems: 41 });
    const page = await client.list(
      {
        authConfigIds: ['ac_1', 'ac_2'],
        toolkitSlugs: ['github'],
        statuses: ['ACTIVE', 'EXPIRED'],
        cursor: 'c',
        limit: 20,
        orderBy: 'updated_at',
      },
      { userId: 'user_1' },
    );
    assert.deepEqual([page.items.length, page.nextCursor, page.totalPages, page.totalItems], [1, 'n', 3, 41]);
    const [path, query] = route().split('?');
    assert.equal(path, 'GET /connected-accounts');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), {
      userId: 'user_1',
      authConfigIds: 'ac_1,ac_2',
      toolkitSlugs: 'github',
      statuses: 'ACTIVE,EXPIRED',
      cursor: 'c',
      limit: '20',
      orderBy: 'updated_at',
    });
  });

  test('list sends no filter by default', async () => {
    const { backend, client, route } = setUp();
    backend.json({ items: [], nextCursor: null, totalPages: 0 });
    await client.list();
    assert.equal(route(), 'GET /connected-accounts');
  });

  test('enable patches the account', async () => {
    const { backend, client, route, body } = setUp();
    backend.json(connectedAccount());
    assert.equal((await client.enable('ca_1', { userId: 'user_1' })).status, 'ACTIVE');
    assert.equal(route(), 'PATCH /connected-accounts/ca_1');
    assert.deepEqual(body(), { userId: 'user_1', enabled: true });
  });

  test('disable patches the account', async () => {
    const { backend, client, route, body } = setUp();
    backend.json(connectedAccount({ status: 'INACTIVE' }));
    assert.equal((await client.disable('ca_1', { userId: 'user_1' })).status, 'INACTIVE');
    assert.equal(route(), 'PATCH /connected-accounts/ca_1');
    assert.deepEqual(body(), { userId: 'user_1', enabled: false });
  });

  test('update patches the account', async () => {
    const { backend, client, route, body } = setUp();
    backend.json(connectedAccount({ alias: 'work' }));
    assert.equal((await client.update('ca_1', { alias: 'work' }, { userId: 'user_1' })).alias, 'work');
    assert.equal(route(), 'PATCH /connected-accounts/ca_1');
    assert.deepEqual(body(), { userId: 'user_1', alias: 'work' });
  });

  test('initiate posts the credentials', async () => {
    const { backend, client, route, body } = setUp();
    const started = { id: 'ca_1', status: 'ACTIVE', redirectUrl: null };
    backend.json(started, { status: 201 });
    const asked = { credentials: { api_key: 'sk' }, alias: 'work', allowMultiple: true };
    assert.deepEqual(await client.initiate('user_1', 'ac_1', asked), started);
    assert.equal(route(), 'POST /connected-accounts');
    assert.deepEqual(body(), { userId: 'user_1', authConfigId: 'ac_1', ...asked });
  });

  test('initiate posts empty credentials if there are none', async () => {
    const { backend, client, body } = setUp();
    backend.json({ id: 'ca_1', status: 'ACTIVE', redirectUrl: null }, { status: 201 });
    await client.initiate('user_1', 'ac_1');
    assert.deepEqual(body(), { userId: 'user_1', authConfigId: 'ac_1', credentials: {} });
  });

  test('refresh posts to the account, and returns the link of a new one', async () => {
    const { backend, client, route, body } = setUp();
    const started = { id: 'ca_2', status: 'INITIATED', redirectUrl: 'https://connect.example.com/link/1' };
    backend.json(started);
    const asked = { callbackUrl: 'https://app.example.com/done', bindingChallenge: 'c'.repeat(43) };
    assert.deepEqual(await client.refresh('ca_1', asked, { userId: 'user_1' }), started);
    assert.equal(route(), 'POST /connected-accounts/ca_1/refresh');
    assert.deepEqual(body(), { userId: 'user_1', ...asked });
  });

  test('initiate posts the callback page and the challenge of an own OAuth app', async () => {
    const { backend, client, body } = setUp();
    backend.json({ id: 'ca_1', status: 'INITIATED', redirectUrl: 'https://idp.example/auth' }, { status: 201 });
    const asked = { callbackUrl: 'https://app.example.com/done', bindingChallenge: 'c'.repeat(43) };
    await client.initiate('user_1', 'ac_1', asked);
    assert.deepEqual(body(), { userId: 'user_1', authConfigId: 'ac_1', credentials: {}, ...asked });
  });

  test('waitForConnection polls the account', async () => {
    const { backend, client, route } = setUp();
    backend.json(connectedAccount());
    assert.equal((await client.waitForConnection('ca_1', 1000, { userId: 'user_1' })).status, 'ACTIVE');
    assert.equal(route(), 'GET /connected-accounts/ca_1?userId=user_1');
  });

  test('delete deletes the account', async () => {
    const { backend, client, route } = setUp();
    backend.json({ success: true });
    await client.delete('ca_1', { userId: 'user_1' });
    assert.equal(route(), 'DELETE /connected-accounts/ca_1?userId=user_1');
    backend.json({ success: true });
    await client.delete('ca_1', { userId: 'user_1', revoke: false });
    assert.equal(route(), 'DELETE /connected-accounts/ca_1?userId=user_1&revoke=false');
  });
});

test('a response about another account is refused', async () => {
  const { backend, client } = setUp();
  backend.json(connectedAccount({ id: 'ca_other' })).json(connectedAccount({ id: 'ca_other' }));
  await assert.rejects(client.get('ca_1'), isInvalidResponse);
  await assert.rejects(client.enable('ca_1'), isInvalidResponse);
});

test('deleting an account that is gone succeeds', async () => {
  const { backend, client } = setUp();
  backend.json({ error: { code: 'not_found', message: 'No such account.' } }, { status: 404 });
  await client.delete('ca_1');
});

test('a delete that the backend does not confirm fails', async () => {
  const { backend, client } = setUp();
  backend.json({}).json({ success: false }).respond('', { status: 403 });
  await assert.rejects(client.delete('ca_1'), isInvalidResponse);
  await assert.rejects(client.delete('ca_1'), isInvalidResponse);
  await assert.rejects(client.delete('ca_1'), { code: 'forbidden' });
});
