import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import { awaitingFlow } from '../support/flow-under-test.js';
import { connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';

/** Polls now, and again for each further time. */
async function poll(under: Awaited<ReturnType<typeof awaitingFlow>>, times = 1): Promise<void> {
  for (let round = 0; round < times; round++) {
    under.ports.page.signal('active');
    await under.ports.clock.advance(500);
  }
}

describe('single failures', () => {
  for (const [name, answer] of [
    ['401', () => Promise.reject(httpFailure(401, 'unauthorized'))],
    ['404', () => Promise.reject(httpFailure(404, 'not_found'))],
    ['500', () => Promise.reject(httpFailure(500, 'internal_error'))],
    ['no network', () => Promise.reject(httpFailure(0, 'network_error'))],
    ['a response that breaks the client', () => null],
    ['a thrown value that is not an error', () => Promise.reject(undefined)],
  ] as const) {
    test(`one failed request does not end an attempt: ${name}`, async () => {
      const under = await awaitingFlow();
      under.client.next('get', answer);
      await poll(under);
      assert.equal(under.flow.state.phase, 'awaiting-authorization');
      under.report('ACTIVE');
      await poll(under);
      assert.deepEqual(under.ends, ['connected']);
    });
  }

  test('a hundred temporary failures do not end an attempt', async () => {
    const under = await awaitingFlow();
    under.client.always('get', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await under.ports.clock.advance(500_000);
    assert.deepEqual(under.ends, []);
    under.client.always('get');
    under.report('ACTIVE');
    await under.ports.clock.advance(60_000);
    assert.deepEqual(under.ends, ['connected']);
  });
});

describe('repeated refusals', () => {
  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ] as const) {
    test(`three responses of ${status} in a row end an attempt with ${code}`, async () => {
      const under = await awaitingFlow();
      under.client.always('get', () => Promise.reject(httpFailure(status, code)));
      await poll(under, 2);
      assert.deepEqual(under.ends, []);
      await poll(under);
      assert.deepEqual(under.ends, [`failed: ${code}`]);
      assert.equal(under.client.count('get'), 3);
    });
  }

  test('three refusals in a row of a client without HTTP end an attempt', async () => {
    const under = await awaitingFlow();
    under.client.always('get', () => Promise.reject(new ConnectError(connectErrorInfo('not_found', 'Gone.'))));
    await poll(under, 3);
    assert.deepEqual(under.ends, ['failed: not_found']);
  });

  test('a successful request resets the count of refusals', async () => {
    const under = await awaitingFlow();
    const refusal = () => Promise.reject(httpFailure(404, 'not_found'));
    for (const answer of [refusal, refusal, () => under.client.accounts.at(-1), refusal, refusal]) {
      under.client.next('get', answer);
    }
    await poll(under, 5);
    assert.deepEqual(under.ends, []);
  });

  test('a failure of another kind resets the count of refusals', async () => {
    const under = await awaitingFlow();
    const refusal = () => Promise.reject(httpFailure(403, 'forbidden'));
    for (const answer of [refusal, refusal, () => Promise.reject(httpFailure(502, 'upstream_error')), refusal]) {
      under.client.next('get', answer);
    }
    await poll(under, 4);
    assert.deepEqual(under.ends, []);
  });
});

describe('responses that do not settle an attempt', () => {
  for (const [name, different] of [
    ['another account', { id: 'ca_other' }],
    [
      'an account of another auth config (mix-up, RFC 9700 §4.4)',
      { authConfig: { id: 'ac_other', isComposioManaged: true, isDisabled: false } },
    ],
  ] as const) {
    test(`${name} does not settle an attempt, although it is ACTIVE`, async () => {
      const under = await awaitingFlow();
      under.client.always('get', () => connectedAccount({ id: under.linkedId, ...different }));
      await poll(under, 5);
      assert.deepEqual(under.ends, []);
      assert.equal('isRetrying' in under.flow.state && under.flow.state.isRetrying, true);
    });
  }

  test('an unknown status counts as pending', async () => {
    const under = await awaitingFlow();
    under.report('PAUSED' as ConnectionStatus);
    await poll(under, 3);
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    under.report('ACTIVE');
    await poll(under);
    assert.deepEqual(under.ends, ['connected']);
  });

  test('a response after the end of an attempt has no effect', async () => {
    const under = await awaitingFlow();
    let answer = (_: unknown) => {};
    under.client.next('get', () => new Promise((resolve) => (answer = resolve)));
    await poll(under);
    under.flow.cancel('user');
    answer(connectedAccount({ id: under.linkedId }));
    await under.ports.clock.advance(60_000);
    assert.deepEqual(under.ends, ['cancelled: user']);
    assert.equal(under.flow.state.phase, 'ready');
  });

  test('a response to the previous attempt has no effect', async () => {
    const under = await awaitingFlow();
    let answer = (_: unknown) => {};
    under.client.next('get', () => new Promise((resolve) => (answer = resolve)));
    await poll(under);
    const before = connectedAccount({ id: under.linkedId });
    under.flow.cancel('user');
    await under.connect();
    answer(before);
    await under.ports.clock.advance(0);
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    assert.deepEqual(under.ends, ['cancelled: user']);
  });
});

describe('polling of an attempt', () => {
  test('the flow is retrying after three failures until the server responds again', async () => {
    const under = await awaitingFlow();
    const isRetrying = () => 'isRetrying' in under.flow.state && under.flow.state.isRetrying;
    under.client.always('get', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await poll(under, 2);
    assert.equal(isRetrying(), false);
    await poll(under);
    assert.equal(isRetrying(), true);
    under.client.always('get');
    await poll(under);
    assert.equal(isRetrying(), false);
  });

  test('each change of status is reported once', async () => {
    const under = await awaitingFlow();
    await poll(under, 2);
    under.report('INITIALIZING');
    await poll(under, 2);
    under.report('ACTIVE');
    await poll(under);
    const reported = under.events.flatMap((event) => (event.type === 'status-reported' ? [event.status] : []));
    assert.deepEqual(reported, ['INITIALIZING', 'ACTIVE']);
  });

  test('a link begins with the status that the server gave it', async () => {
    const client = new MemoryClient();
    const link = { id: 'ca_1', status: 'INITIALIZING', redirectUrl: 'https://connect.example.com/1' };
    client.next('link', () => ({ ...link, expiresAt: new Date(Date.now() + 600_000).toISOString() }));
    const under = await awaitingFlow({ client });
    assert.equal('status' in under.flow.state && under.flow.state.status, 'INITIALIZING');
  });

  test('the client does not retry a read that is polled anyway', async () => {
    const under = await awaitingFlow();
    await poll(under);
    const [id, options] = under.client.given('get') as [string, { retries: number; userId: string }];
    assert.deepEqual([id, options.retries, options.userId], [under.linkedId, 0, 'user_1']);
  });

  test('the end of an attempt aborts the poll that has no response yet', async () => {
    const under = await awaitingFlow();
    under.client.next('get', () => new Promise(() => {}));
    await poll(under);
    const { signal } = under.client.given('get')[1] as { signal: AbortSignal };
    assert.equal(signal.aborted, false);
    under.flow.cancel('user');
    assert.equal(signal.aborted, true);
  });

  test('1000 hints of any kind lead to one request', async () => {
    const under = await awaitingFlow();
    for (let hint = 0; hint < 1000; hint++) {
      under.ports.callback(null);
      under.ports.page.signal('active');
    }
    await under.ports.clock.advance(400);
    assert.equal(under.client.count('get'), 1);
  });
});
