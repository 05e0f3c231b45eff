import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { ConnectAccountPage } from '../../support/connect-account-page.js';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { waitUntil } from '../../support/wait-until.js';

type Handle = (request: Request) => Promise<Response>;
type Lie = (request: Request, handle: Handle) => Promise<Response> | Response;

/** The number of requests of one flow: the auth config, the accounts, the link, and two status reads. */
const REQUESTS = 5;

/** Changes a response that holds an account and passes on the others. */
const rewritten =
  (change: (account: Record<string, unknown>) => object): Lie =>
  async (request, handle) => {
    const response = await handle(request);
    const body = await response.clone().json();
    return typeof body.id === 'string' && 'authConfig' in body ? Response.json(change(body)) : response;
  };

const LIES: Readonly<Record<string, Lie>> = {
  'status 500 without a body': () => new Response(null, { status: 500 }),
  'status 429 with Retry-After': () => new Response(null, { status: 429, headers: { 'retry-after': '1' } }),
  'status 408': () => new Response(null, { status: 408 }),
  'a web page with status 200': () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
  'a web page with status 502': () => new Response('<!doctype html>', { status: 502 }),
  'half a JSON document': () => new Response('{"id":"ca_', { headers: { 'content-type': 'application/json' } }),
  'null as JSON': () => Response.json(null),
  'a list with nothing in it': () => Response.json([]),
  'no connection': () => Response.error(),
  'the account of somebody else, ACTIVE': rewritten((account) => ({ ...account, id: 'ca_other', status: 'ACTIVE' })),
  'an ACTIVE account of another auth config': rewritten((account) => ({
    ...account,
    status: 'ACTIVE',
    authConfig: { ...(account['authConfig'] as object), id: 'ac_slack' },
  })),
  'a status that nobody knows': rewritten((account) => ({ ...account, status: 'FLYING' })),
  'a prototype to pollute': rewritten((account) =>
    JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(account).slice(1)}`),
  ),
};

describe('a backend that fails or lies', () => {
  const suite = connectSuite();

  /** Connects as a user would: clicks the trigger, and clicks it again after each failure. */
  async function connectSomehow(page: ConnectAccountPage): Promise<void> {
    for (let click = 1; click <= 3; click += 1) {
      await page.clickTrigger();
      const end = await waitUntil(async () => (await page.ends()).at(click - 1), 'an end', 20_000);
      if (end === 'account-connected') return;
    }
    assert.fail(`not connected: ${JSON.stringify(await page.events())}`);
  }

  for (const [what, lie] of Object.entries(LIES)) {
    hardCase(52, `the user ends connected when the backend sends ${what}, at each request in turn`, async () => {
      let index = 0;
      let lieAt = 0;
      await suite.startHost({
        intercept: (request, handle) => {
          const isAsked = !request.url.includes('/callback');
          if (isAsked) index += 1;
          return isAsked && index === lieAt ? lie(request, handle) : handle(request);
        },
      });
      suite.host.emulator.knobs.hostedConsentPage = false;
      suite.host.provider.knobs.autoConsent = 'octocat';
      for (lieAt = 1; lieAt <= REQUESTS; lieAt += 1) {
        index = 0;
        const userId = `user_${lieAt}`;
        const body = `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;
        const page = await suite.openBody(body, userId);
        await connectSomehow(page);
        const { account } = (await page.event('account-connected')).detail as { account: { id: string } };
        assert.equal(suite.host.emulator.accounts.get(account.id)?.userId, userId);
        assert.equal(suite.host.emulator.accounts.get(account.id)?.status, 'ACTIVE');
        assert.equal(await page.window.read(() => 'polluted' in {}), false);
        await page.window.close();
      }
    });
  }

  hardCase(52, 'a response that never comes is abandoned after 30 s, and the next request connects', async () => {
    let looks = 0;
    await suite.startHost({
      intercept: (request, handle) => {
        if (request.method !== 'GET' || !/\/connected-accounts\/ca_/.test(request.url)) return handle(request);
        looks += 1;
        return looks === 1 ? new Promise(() => {}) : handle(request);
      },
    });
    suite.host.emulator.knobs.hostedConsentPage = false;
    suite.host.provider.knobs.autoConsent = 'octocat';
    const page = await suite.open();
    await page.clickTrigger();
    await waitUntil(async () => (await page.ends()).length === 1, 'an end', 45_000);
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  hardCase(52, 'the callback page reports again when it gets a web page in place of a response', async () => {
    let reports = 0;
    await suite.startHost({
      intercept: (request, handle) => {
        if (request.method !== 'POST' || !request.url.endsWith('/callback')) return handle(request);
        reports += 1;
        return reports === 1 ? new Response('<!doctype html>') : handle(request);
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    assert.equal(reports, 2);
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ] as const) {
    hardCase(52, `status ${status} three times in a row ends the attempt as ${code}`, async () => {
      await suite.startHost({
        intercept: (request, handle) =>
          /\/connected-accounts\/ca_/.test(request.url) ? new Response(null, { status }) : handle(request),
      });
      const page = await suite.open();
      await page.clickTrigger();
      const { detail } = await page.event('account-connect-error');
      assert.equal((detail as { error: { code: string } }).error.code, code);
    });
  }

  for (const [status, code] of [
    ['EXPIRED', 'link_expired'],
    ['FAILED', 'connection_failed'],
    ['REVOKED', 'connection_revoked'],
  ] as const) {
    hardCase(53, `${status} ends the attempt as ${code}, and the next attempt makes a new account`, async () => {
      const page = await suite.open();
      await page.clickTrigger();
      await page.reaches('awaiting-authorization');
      const [first] = suite.host.emulator.accounts.all();
      suite.host.emulator.accounts.setStatus(first?.id ?? '', status);
      const { detail } = await page.event('account-connect-error');
      assert.equal((detail as { error: { code: string } }).error.code, code);

      await page.clickTrigger();
      await suite.finish(page);
      const connected = await page.event('account-connected');
      assert.notEqual((connected.detail as { account: { id: string } }).account.id, first?.id);
    });
  }

  hardCase(53, 'a click shows the account that is already connected when the first read had failed', async () => {
    let isDown = true;
    await suite.startHost({
      intercept: (request, handle) => (isDown ? new Response(null, { status: 500 }) : handle(request)),
    });
    const account = { userId: 'user_ada', authConfigId: 'ac_github', displayName: 'octocat' };
    const { id } = suite.host.emulator.accounts.add(account);
    const page = await suite.open();
    await page.reaches('failed');
    isDown = false;
    await page.clickTrigger();
    const { detail } = await page.event('account-connected');
    assert.equal((detail as { account: { id: string } }).account.id, id);
    assert.match(await page.text(), /octocat/);
    assert.deepEqual(await page.ends(), ['account-connected']);
    assert.equal(suite.host.emulator.accounts.all().length, 1);
    await waitUntil(async () => (await suite.profile.windows()).length === 1, 'the empty window is closed');
  });
});
