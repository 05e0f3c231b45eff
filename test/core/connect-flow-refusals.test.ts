import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import { FakePorts } from '../support/fake-ports.js';
import { startFlow } from '../support/flow-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const STANDING = connectedAccount({ id: 'ca_standing' });

function alreadyConnected(connectedAccountId: string): ConnectError {
  return new ConnectError(connectErrorInfo('already_connected', 'There is one.', { status: 409, connectedAccountId }));
}

describe('already_connected', () => {
  test('an attempt ends as connected if the conflicting account is ACTIVE', async () => {
    const { flow, client, ports, ends } = await refused([STANDING], 'ca_standing');
    assert.equal(flow.state.phase, 'connected');
    assert.equal(flow.state.account?.id, 'ca_standing');
    assert.deepEqual(ends, ['connected']);
    assert.equal(client.count('link'), 1);
    assert.equal(ports.windows[0]?.closed, true);
  });

  for (const [what, accounts] of [
    ['is not ACTIVE', [{ ...STANDING, status: 'INITIATED' as const }]],
    ['cannot be read', []],
    ['is of another auth config', [{ ...STANDING, authConfig: { ...STANDING.authConfig, id: 'ac_slack' } }]],
  ] as const) {
    test(`an attempt fails if the conflicting account ${what}`, async () => {
      const { flow, ends } = await refused(accounts, 'ca_standing');
      assert.equal(flow.state.phase, 'failed');
      assert.deepEqual(ends, ['failed: already_connected']);
    });
  }

  async function refused(accounts: readonly (typeof STANDING)[], id: string) {
    const under = startFlow();
    await under.loaded();
    under.client.next('link', () => Promise.reject(alreadyConnected(id)));
    under.client.always('get', () => {
      const [account] = accounts;
      return account ?? Promise.reject(httpFailure(404, 'not_found'));
    });
    await under.flow.connect();
    const { flow, client, ports, ends } = under;
    return { flow, client, ports, ends };
  }
});

describe('sandboxed pages', () => {
  test('a window that is refused in a sandboxed frame leads to misconfigured without a link', async () => {
    const under = startFlow();
    under.ports.isSandboxed = true;
    await under.loaded();
    const outcome = await under.flow.connect();
    assert.equal(outcome.status === 'failed' && outcome.error.code, 'invalid_configuration');
    assert.match(under.flow.state.error?.message ?? '', /allow-popups and allow-popups-to-escape-sandbox/);
    assert.equal(under.flow.state.error?.reason, 'sandboxed');
    assert.equal(under.flow.state.phase, 'misconfigured');
    assert.equal(under.client.count('link'), 0);
  });

  test('a page without an origin is misconfigured before any request', async () => {
    const under = startFlow({ ports: Object.assign(new FakePorts(), { pageOrigin: 'null' }) });
    await under.loaded();
    assert.equal(under.flow.state.phase, 'misconfigured');
    assert.equal(under.flow.state.error?.code, 'invalid_configuration');
    assert.equal(under.flow.state.error.reason, 'sandboxed');
    assert.deepEqual(under.client.calls, []);
  });
});
