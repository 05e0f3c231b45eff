import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AT_REST } from '../support/fake-ports.js';
import { awaitingFlow, startFlow } from '../support/flow-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

describe('attempts', () => {
  test('an attempt opens an empty window in the gesture and navigates it once there is a link', async () => {
    const { flow, ports, client } = startFlow();
    client.always('link', () => new Promise(() => {}));
    void flow.connect();
    assert.equal(flow.state.phase, 'preparing');
    assert.equal(ports.windows.length, 1);
    assert.deepEqual(ports.windows[0]?.urls, []);
    const under = await awaitingFlow();
    assert.deepEqual(under.ports.windows[0]?.urls, ['https://connect.example.com/link/1']);
  });

  test('an attempt ends as connected once the server reports ACTIVE', async () => {
    const under = await awaitingFlow();
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    const outcome = await under.outcome;
    assert.equal(outcome.status === 'connected' && outcome.account.id, 'ca_new_1');
    assert.deepEqual(under.phases, ['ready', 'preparing', 'awaiting-authorization', 'connected']);
    assert.equal(under.flow.state.account?.status, 'ACTIVE');
    assert.deepEqual(under.ends, ['connected']);
  });

  test('an attempt with allowMultiple returns to ready with the newest account', async () => {
    const accounts = [connectedAccount()];
    const under = await awaitingFlow({ accounts, settings: { allowMultiple: true } });
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    assert.equal(under.flow.state.phase, 'ready');
    assert.equal(under.flow.state.account?.id, 'ca_new_1');
  });

  for (const [status, end, phase] of [
    ['FAILED', 'failed: connection_failed', 'failed'],
    ['EXPIRED', 'failed: link_expired', 'failed'],
    ['REVOKED', 'failed: connection_revoked', 'failed'],
    ['INACTIVE', 'failed: connection_failed', 'needs-attention'],
  ] as const) {
    test(`an attempt ends with ${end} if the server reports ${status}`, async () => {
      const under = await awaitingFlow();
      under.report(status);
      await under.ports.clock.advance(1200);
      assert.deepEqual(under.ends, [end]);
      assert.equal(under.flow.state.phase, phase);
      assert.equal((await under.outcome).status, 'failed');
      assert.deepEqual(under.ports.leftovers, AT_REST);
    });
  }

  for (const reason of ['user', 'host'] as const) {
    test(`an attempt that is cancelled by the ${reason} closes its window and leaves nothing`, async () => {
      const under = await awaitingFlow();
      under.flow.cancel(reason);
      assert.deepEqual(await under.outcome, { status: 'cancelled', reason });
      assert.equal(under.ports.windows[0]?.closeCalls, 1);
      assert.equal(under.flow.state.phase, 'ready');
      assert.deepEqual(under.ports.leftovers, AT_REST);
    });
  }

  test('an attempt that is cancelled before its link exists navigates no window', async () => {
    const under = startFlow();
    await under.loaded();
    let answer = () => {};
    under.client.next('link', () => new Promise((resolve) => (answer = () => resolve(null))));
    const outcome = under.flow.connect();
    under.flow.cancel('user');
    answer();
    await under.ports.clock.advance(60_000);
    assert.deepEqual(await outcome, { status: 'cancelled', reason: 'user' });
    assert.deepEqual(under.ports.windows[0]?.urls, []);
    assert.deepEqual(under.ends, ['cancelled: user']);
  });

  test('a second connect returns the current attempt and focuses its window', async () => {
    const under = await awaitingFlow();
    const second = under.flow.connect();
    assert.equal(under.ports.windows.length, 1);
    assert.equal(under.ports.windows[0]?.focusCalls, 1);
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    assert.equal(await second, await under.outcome);
    assert.equal(under.client.count('link'), 1);
  });

  test('an attempt after a failed one starts without its error', async () => {
    const under = await awaitingFlow();
    under.report('FAILED');
    await under.ports.clock.advance(1200);
    await under.connect();
    assert.equal(under.flow.state.error, null);
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    assert.deepEqual(under.ends, ['failed: connection_failed', 'connected']);
  });
});

describe('time limits of an attempt', () => {
  test('an attempt ends with link_expired when the link expires, after one last request', async () => {
    const under = await awaitingFlow();
    await under.ports.clock.advance(599_000);
    assert.deepEqual(under.ends, []);
    await under.ports.clock.advance(1000);
    assert.deepEqual(under.ends, ['failed: link_expired']);
    assert.deepEqual(under.ports.leftovers, AT_REST);
  });

  test("an attempt ends with timeout if the page's timeout is shorter than the link's lifetime", async () => {
    const under = await awaitingFlow({ settings: { timeout: 20_000 } });
    await under.ports.clock.advance(20_000);
    assert.deepEqual(under.ends, ['failed: timeout']);
  });

  test("a timeout longer than the link's lifetime does not prolong an attempt", async () => {
    const under = await awaitingFlow({ settings: { timeout: 6_000_000 } });
    await under.ports.clock.advance(600_000);
    assert.deepEqual(under.ends, ['failed: link_expired']);
  });

  test('ACTIVE at the last request wins after a night of sleep', async () => {
    const under = await awaitingFlow();
    under.ports.clock.sleep(30_000_000);
    under.report('ACTIVE');
    await under.ports.clock.advance(0);
    assert.deepEqual(under.ends, ['connected']);
  });

  test('a jump of the wall clock does not affect an attempt', async () => {
    const under = await awaitingFlow();
    under.ports.clock.jumpWall(86_400_000);
    await under.ports.clock.advance(590_000);
    under.ports.clock.jumpWall(-200_000_000);
    under.report('ACTIVE');
    await under.ports.clock.advance(10_000);
    assert.deepEqual(under.ends, ['connected']);
  });
});

describe('attempts without a link', () => {
  for (const [name, answer, end] of [
    ['the backend refuses', () => Promise.reject(httpFailure(403, 'forbidden')), 'failed: forbidden'],
    [
      'another account stands in the way',
      () => Promise.reject(httpFailure(409, 'already_connected')),
      'failed: already_connected',
    ],
    ['the backend does not respond', () => Promise.reject(httpFailure(504, 'timeout')), 'failed: timeout'],
    ['the client breaks', () => Promise.reject(new TypeError('x is undefined')), 'failed: internal_error'],
    ['the link is unsafe', () => ({ id: 'ca_1', redirectUrl: 'javascript:alert(1)' }), 'failed: invalid_response'],
    ['the response has no link', () => ({ id: 'ca_1', redirectUrl: null }), 'failed: invalid_response'],
    ['the response is empty', () => null, 'failed: invalid_response'],
  ] as const) {
    test(`an attempt ends with ${end} and closes its empty window when ${name}`, async () => {
      const under = startFlow();
      await under.loaded();
      under.client.next('link', answer);
      await under.flow.connect();
      assert.deepEqual(under.ends, [end]);
      assert.deepEqual([under.ports.windows[0]?.urls, under.ports.windows[0]?.closeCalls], [[], 1]);
      assert.deepEqual(under.ports.leftovers, AT_REST);
    });
  }
});
