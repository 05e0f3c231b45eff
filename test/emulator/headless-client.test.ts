import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CONNECTION_STATUSES, ConnectError, HttpConnectionClient } from '../../src/core.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const ADA = { userId: 'user_ada' };
const DAY_MS = 86_400_000;

const failsWith = (code: string) => (error: unknown) => error instanceof ConnectError && error.code === code;

/** The client of a script that is signed in as Ada, on the origin of the page. */
function clientOf(host: TestHost): HttpConnectionClient {
  return new HttpConnectionClient({
    endpoint: `${host.origin}/api/connect`,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Cookie', 'session=user_ada');
      headers.set('Origin', host.origin);
      return fetch(input, { ...init, headers });
    },
  });
}

describe('the client without an element, against the emulator', () => {
  let host: TestHost;
  let client: HttpConnectionClient;

  beforeEach(async () => {
    host = await startTestHost();
    client = clientOf(host);
  });
  afterEach(() => host?.close());

  const seed = (different: object = {}) =>
    host.emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl', displayName: 'ada', ...different });

  describe('every method', () => {
    it('authConfigs returns what can be connected and leaves out unknown ids', async () => {
      const [first, ...others] = await client.authConfigs(['ac_firecrawl', 'ac_typo'], ADA);
      assert.equal(others.length, 0);
      assert.equal(first?.authScheme, 'API_KEY');
      assert.equal(first?.toolkit.name, 'Firecrawl');
      assert.deepEqual(
        first?.fields.map(({ name, required }) => [name, required]),
        [
          ['generic_api_key', true],
          ['base_url', false],
          ['version', false],
        ],
      );
    });

    it('link returns a hosted page, and waitForConnection settles when it is finished', async () => {
      const link = await client.link('user_ada', 'ac_github', { alias: 'work' });
      assert.equal(link.status, 'INITIATED');
      assert.match(link.redirectUrl, /\/link\//);
      const waiting = client.waitForConnection(link.id, 20_000, ADA);
      await waitUntil(() => host.requests.some(({ path }) => path.endsWith(link.id)), 'the first look');
      // The status upstream decides: no browser was involved, so there is nothing to bind.
      host.emulator.accounts.setStatus(link.id, 'FAILED', 'The user denied consent');
      await assert.rejects(waiting, failsWith('connection_failed'));
    });

    it('initiate makes an ACTIVE account from a key at once', async () => {
      const started = await client.initiate('user_ada', 'ac_firecrawl', { credentials: { generic_api_key: 'fc-1' } });
      assert.deepEqual([started.status, started.redirectUrl], ['ACTIVE', null]);
      assert.equal((await client.waitForConnection(started.id, 5_000, ADA)).status, 'ACTIVE');
    });

    it('get returns an account of its user and no account of another user', async () => {
      const { id } = seed();
      assert.equal((await client.get(id, ADA)).id, id);
      const other = seed({ userId: 'user_grace' });
      await assert.rejects(client.get(other.id, ADA), failsWith('not_found'));
      await assert.rejects(client.get(id, { userId: 'user_grace' }), failsWith('forbidden'));
    });

    it('update, disable and enable change an account', async () => {
      const { id } = seed();
      assert.equal((await client.update(id, { alias: 'work' }, ADA)).alias, 'work');
      assert.equal((await client.disable(id, ADA)).status, 'INACTIVE');
      assert.equal((await client.enable(id, ADA)).status, 'ACTIVE');
      assert.equal((await client.update(id, { enabled: false }, ADA)).status, 'INACTIVE');
      assert.equal((await client.update(id, { alias: '' }, ADA)).alias, null);
    });

    it('update refuses a name that is taken and a name of 300 characters', async () => {
      seed({ alias: 'work' });
      const { id } = seed();
      await assert.rejects(client.update(id, { alias: 'work' }, ADA), failsWith('alias_taken'));
      await assert.rejects(client.update(id, { alias: 'x'.repeat(300) }, ADA), failsWith('invalid_request'));
      assert.equal((await client.update(id, { alias: '<b>work</b>' }, ADA)).alias, '<b>work</b>');
    });

    it('refresh renews what needs no browser, and says so when Composio has removed it', async () => {
      const { id } = seed();
      assert.deepEqual(await client.refresh(id, {}, ADA), { id, status: 'ACTIVE', redirectUrl: null });
      host.emulator.knobs.isRefreshGone = true;
      await assert.rejects(client.refresh(id, {}, ADA), failsWith('unsupported_scheme'));
    });

    it('no method reads or changes an account of another user', async () => {
      const other = seed({ userId: 'user_grace', alias: 'hers' });
      const attempts = [
        () => client.get(other.id, ADA),
        () => client.update(other.id, { alias: 'mine' }, ADA),
        () => client.disable(other.id, ADA),
        () => client.enable(other.id, ADA),
        () => client.refresh(other.id, {}, ADA),
        () => client.waitForConnection(other.id, 5_000, ADA),
      ];
      for (const attempt of attempts) await assert.rejects(attempt(), failsWith('not_found'));
      await client.delete(other.id, ADA);
      const { alias, status } = host.emulator.accounts.get(other.id) ?? {};
      assert.deepEqual([alias, status], ['hers', 'ACTIVE']);
    });

    it('delete removes an account and may be repeated', async () => {
      const { id } = seed();
      await client.delete(id, ADA);
      assert.equal(host.emulator.accounts.get(id), undefined);
      await client.delete(id, ADA);
    });
  });

  describe('every filter of list', () => {
    const ids = async (query: Parameters<typeof client.list>[0]) =>
      (await client.list(query, ADA)).items.map(({ id }) => id);

    it('list filters by authConfigIds and toolkitSlugs', async () => {
      const key = seed();
      const slack = seed({ authConfigId: 'ac_slack' });
      seed({ authConfigId: 'ac_github' });
      assert.deepEqual(await ids({ authConfigIds: ['ac_firecrawl'] }), [key.id]);
      assert.deepEqual((await ids({ toolkitSlugs: ['firecrawl', 'slack'] })).sort(), [key.id, slack.id].sort());
    });

    for (const status of CONNECTION_STATUSES) {
      it(`list filters by the status ${status}`, async () => {
        const wanted = seed({ status });
        for (const other of CONNECTION_STATUSES.filter((one) => one !== status)) seed({ status: other });
        assert.deepEqual(await ids({ statuses: [status] }), [wanted.id]);
      });
    }

    it('limit and cursor lead through all pages', async () => {
      const all = Array.from({ length: 7 }, (_, age) => seed({ age: age * DAY_MS }).id);
      const seen: string[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await client.list({ limit: 3, ...(cursor !== null && { cursor }) }, ADA);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
        pages += 1;
      } while (cursor !== null);
      assert.deepEqual(seen, all);
      assert.equal(pages, 3);
    });

    it('orderBy sorts by creation or by change', async () => {
      const old = seed({ age: 2 * DAY_MS });
      const young = seed({ age: DAY_MS });
      await client.update(old.id, { alias: 'touched' }, ADA);
      assert.deepEqual(await ids({ orderBy: 'created_at' }), [young.id, old.id]);
      assert.deepEqual(await ids({ orderBy: 'updated_at' }), [old.id, young.id]);
    });

    for (const nonsense of [{ orderBy: 'name' }, { statuses: ['BROKEN'] }, { limit: 0 }, { cursor: 'bm9uc2Vuc2U' }]) {
      it(`list refuses an unknown value: ${JSON.stringify(nonsense)}`, async () => {
        await assert.rejects(client.list(nonsense as object, ADA), failsWith('invalid_request'));
      });
    }

    it('a cursor of another query reveals no account outside the query that it is sent with', async () => {
      for (let age = 0; age < 5; age++) seed({ age });
      seed({ status: 'EXPIRED' });
      seed({ userId: 'user_grace', status: 'EXPIRED' });
      const { nextCursor } = await client.list({ limit: 3, statuses: ['ACTIVE'] }, ADA);
      assert.ok(nextCursor);
      assert.deepEqual(await ids({ cursor: nextCursor, statuses: ['EXPIRED'] }), []);
    });
  });

  it('an account has every field', async () => {
    const { id, wordId } = seed({ status: 'EXPIRED', statusReason: 'OAuth refresh token expired', alias: 'work' });
    const account = await client.get(id, ADA);
    const { createdAt, updatedAt, toolkit, authConfig, wasActive: _, ...rest } = account;
    assert.deepEqual(rest, {
      id,
      alias: 'work',
      wordId,
      displayName: 'ada',
      status: 'EXPIRED',
      statusReason: 'OAuth refresh token expired',
      isDisabled: false,
    });
    assert.equal(toolkit.slug, 'firecrawl');
    assert.deepEqual(authConfig, {
      id: 'ac_firecrawl',
      authScheme: 'API_KEY',
      isComposioManaged: false,
      isDisabled: false,
    });
    assert.ok(Date.parse(createdAt) <= Date.parse(updatedAt));
  });
});
