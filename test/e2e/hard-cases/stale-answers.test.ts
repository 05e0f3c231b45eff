import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const isLinkRequest = (request: Request): boolean => request.method === 'POST' && request.url.endsWith('/link');
const isStatusRequest = (request: Request): boolean =>
  request.method === 'GET' && /\/connected-accounts\/ca_/.test(request.url);
const isAtProvider = () => document.querySelector('[name="login"]') !== null;

describe('a response that comes too late', () => {
  const suite = connectSuite();

  hardCase(
    54,
    'changing auth-config-id while the user is at the provider cancels, and the other app connects',
    async () => {
      const page = await suite.open();
      await page.clickTrigger();
      const left = await page.popup();
      await waitUntil(() => left.read(isAtProvider), 'the provider');
      await page.window.read(() =>
        document.querySelector('connect-account')?.setAttribute('auth-config-id', 'ac_slack'),
      );
      const { detail } = await page.event('account-connect-cancel');
      assert.equal((detail as { reason: string }).reason, 'host');
      await page.reaches('ready');
      await page.clickTrigger();
      await suite.finish(page);
      const connected = await page.event('account-connected');
      const { authConfig } = (connected.detail as { account: { authConfig: { id: string } } }).account;
      assert.equal(authConfig.id, 'ac_slack');
      assert.deepEqual(await page.ends(), ['account-connect-cancel', 'account-connected']);
    },
  );

  hardCase(54, 'a link that arrives after its attempt was cancelled is not opened by the next attempt', async () => {
    let asked = 0;
    await suite.startHost({
      intercept: async (request, handle) => {
        const response = await handle(request);
        if (!isLinkRequest(request)) return response;
        asked += 1;
        if (asked > 1) return response;
        await delay(3000);
        return Response.json({ ...(await response.json()), id: 'ca_late' }, { status: 201 });
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('preparing');
    await page.clickPart('cancel');
    await page.reaches('ready');
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    await waitUntil(() => suite.host.requests.filter(({ path }) => path.endsWith('/link')).length === 2, 'both links');
    await authorize(popup);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connect-cancel', 'account-connected']);
    assert.deepEqual(
      suite.host.requests.filter(({ path }) => path.includes('ca_late')),
      [],
    );
  });

  hardCase(54, 'changing user-id during a status read cancels, and its late ACTIVE is ignored', async () => {
    let isAsked = false;
    await suite.startHost({
      intercept: async (request, handle) => {
        const response = await handle(request);
        if (!isStatusRequest(request) || !request.url.includes('user_ada')) return response;
        isAsked = true;
        await delay(2000);
        return Response.json({ ...(await response.json()), status: 'ACTIVE' });
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await page.popup();
    await waitUntil(() => isAsked, 'the question');
    await (await suite.profile.open(suite.host.page('', 'user_grace'))).close();
    await page.window.read(() => document.querySelector('connect-account')?.setAttribute('user-id', 'user_grace'));
    const { detail } = await page.event('account-connect-cancel');
    assert.equal((detail as { reason: string }).reason, 'host');
    await page.reaches('ready');
    await delay(2500);
    assert.equal(await page.phase(), 'ready');

    await page.clickTrigger();
    await suite.finish(page);
    const connected = await page.event('account-connected');
    const { id } = (connected.detail as { account: { id: string } }).account;
    assert.equal(suite.host.emulator.accounts.get(id)?.userId, 'user_grace');
    assert.deepEqual(await page.ends(), ['account-connect-cancel', 'account-connected']);
  });
});
