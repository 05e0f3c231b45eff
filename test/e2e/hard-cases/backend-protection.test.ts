import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Failure } from '../../../demo/emulator/knobs.js';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

describe('what the backend keeps from Composio, and Composio from the page', () => {
  const suite = connectSuite();

  hardCase(37, '200 simultaneous requests for a link all succeed and make one account', async () => {
    const page = await suite.open();
    const statuses = await page.window.read(async () => {
      const body = JSON.stringify({ userId: 'user_ada', authConfigId: 'ac_github' });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      const requests = Array.from({ length: 200 }, () => fetch('/api/connect/connected-accounts/link', init));
      return (await Promise.all(requests)).map(({ status }) => status);
    });
    assert.deepEqual([statuses.length, ...new Set(statuses)], [200, 201]);
    assert.equal(suite.host.emulator.requests.filter(({ route }) => route === 'link.create').length, 1);
  });

  for (const kind of ['server_error', 'rate_limited', 'html', 'truncated', 'reset'] as const) {
    hardCase(
      38,
      `the user ends connected when Composio fails with ${kind} at the link and at status reads`,
      async () => {
        const { failures } = suite.host.emulator.knobs;
        const page = await suite.open();
        failures.push({ route: 'link.create', kind, times: 1 });
        await page.clickTrigger();
        const { detail } = await page.event('account-connect-error');
        const { code } = (detail as { error: { code: string } }).error;
        assert.equal(code, kind === 'rate_limited' ? 'rate_limited' : 'upstream_error');

        await page.clickTrigger();
        await page.reaches('awaiting-authorization');
        const popup = await page.popup();
        const looks: Failure = { route: 'accounts.list', kind, times: 2 };
        failures.push(looks);
        await waitUntil(() => looks.times === 0, 'two looks', 20_000);
        assert.deepEqual(await page.ends(), ['account-connect-error']);
        await authorize(popup);
        await waitUntil(async () => (await page.ends()).length === 2, 'another end', 20_000);
        assert.deepEqual(await page.ends(), ['account-connect-error', 'account-connected']);
      },
    );
  }

  hardCase(39, 'the message of a backend error is not shown to the user, and its request id is kept', async () => {
    const error = { code: 'upstream_error', message: 'sk_CANARY at https://backend.internal', requestId: 'req_1' };
    await suite.startHost({
      intercept: (request, handle) =>
        request.method === 'POST' ? Response.json({ error }, { status: 502 }) : handle(request),
    });
    const page = await suite.open();
    await page.clickTrigger();
    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { requestId: string } }).error.requestId, 'req_1');
    await page.reaches('failed');
    assert.match(await page.text(), /The connection service is having problems/);
    assert.doesNotMatch(await page.text(), /sk_CANARY|backend\.internal/);
  });
});
