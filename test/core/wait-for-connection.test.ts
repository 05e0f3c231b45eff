import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectError } from '../../src/core/model/connect-error.js';
import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import { waitForConnection } from '../../src/core/polling/wait-for-connection.js';
import { FakeClock, until } from '../support/fake-clock.js';
import { connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';

const failsWith = (code: string) => (error: unknown) => error instanceof ConnectError && error.code === code;

/** Waits for an account with this status. */
function waiting(status: ConnectionStatus, options: { timeout?: number; signal?: AbortSignal } = {}) {
  const clock = new FakeClock();
  const client = new MemoryClient();
  client.accounts = [connectedAccount({ status })];
  const { timeout, ...request } = options;
  const outcome = waitForConnection(client, 'ca_1', timeout, { clock, userId: 'user_1', ...request });
  // Prevents an unhandled rejection before the test awaits the promise.
  outcome.catch(() => {});
  return { clock, client, outcome };
}

test('waiting polls at once and resolves if the account is ACTIVE', async () => {
  const { clock, client, outcome } = waiting('ACTIVE');
  await clock.advance(0);
  assert.equal((await outcome).status, 'ACTIVE');
  assert.equal(client.count('get'), 1);
  assert.equal(clock.timers, 0);
});

test('waiting continues until the account is ACTIVE', async () => {
  const { clock, client, outcome } = waiting('INITIATED');
  await clock.advance(10_000);
  client.change('ca_1', { status: 'ACTIVE' });
  await clock.advance(10_000);
  assert.equal((await outcome).status, 'ACTIVE');
  assert.ok(client.count('get') < 10, String(client.count('get')));
});

describe('terminal statuses', () => {
  for (const [status, code] of [
    ['FAILED', 'connection_failed'],
    ['EXPIRED', 'link_expired'],
    ['REVOKED', 'connection_revoked'],
  ] as const) {
    test(`waiting rejects with ${code} if the account is ${status}`, async () => {
      const { clock, outcome } = waiting(status);
      await clock.advance(0);
      await assert.rejects(outcome, failsWith(code));
      assert.equal(clock.timers, 0);
    });
  }

  test('waiting continues if the account is INACTIVE, because it may be enabled again', async () => {
    const { clock, client, outcome } = waiting('INACTIVE');
    await clock.advance(5_000);
    client.change('ca_1', { status: 'ACTIVE' });
    await clock.advance(10_000);
    assert.equal((await outcome).status, 'ACTIVE');
  });
});

describe('timeout', () => {
  for (const [what, timeout, end] of [
    ['after 60 s by default', undefined, 60_000],
    ['after the given timeout', 5_000, 5_000],
  ] as const) {
    test(`waiting ends ${what} with one last request`, async () => {
      const { clock, client, outcome } = waiting('INITIATED', timeout === undefined ? {} : { timeout });
      await clock.advance(end - 1);
      const before = client.count('get');
      await clock.advance(1);
      await assert.rejects(outcome, failsWith('timeout'));
      assert.equal(client.count('get'), before + 1);
      assert.equal(clock.timers, 0);
    });
  }
});

describe('failed requests', () => {
  test('a temporary failure does not end the wait', async () => {
    const { clock, client, outcome } = waiting('ACTIVE');
    client.next('get', () => Promise.reject(httpFailure(503, 'upstream_error')));
    client.next('get', () => Promise.reject(httpFailure(200, 'invalid_response')));
    client.next('get', () => Promise.reject(httpFailure(0, 'network_error')));
    await clock.advance(20_000);
    assert.equal((await outcome).status, 'ACTIVE');
    assert.equal(client.count('get'), 4);
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ] as const) {
    test(`a response with ${status} ends the wait`, async () => {
      const { clock, client, outcome } = waiting('ACTIVE');
      client.next('get', () => Promise.reject(httpFailure(status, code)));
      await clock.advance(0);
      await assert.rejects(outcome, failsWith(code));
    });
  }
});

describe('abort signals', () => {
  test('an abort ends the wait with its reason and without a timer', async () => {
    const aborting = new AbortController();
    const { clock, client, outcome } = waiting('INITIATED', { signal: aborting.signal });
    await clock.advance(3_000);
    const asked = client.count('get');
    aborting.abort(new Error('The user left.'));
    await assert.rejects(outcome, /The user left/);
    assert.equal(clock.timers, 0);
    await clock.advance(60_000);
    assert.equal(client.count('get'), asked);
  });

  test('an abort reaches the request that has no response yet', async () => {
    const aborting = new AbortController();
    const { clock, client, outcome } = waiting('INITIATED', { signal: aborting.signal });
    client.next('get', () => new Promise(() => {}));
    await clock.advance(0);
    const { signal } = client.given('get')[1] as { signal: AbortSignal };
    assert.equal(signal.aborted, false);
    aborting.abort(new Error('The user left.'));
    await assert.rejects(outcome, /The user left/);
    assert.equal(signal.aborted, true);
  });

  test('a signal that is aborted beforehand prevents any request', async () => {
    const { client, outcome } = waiting('ACTIVE', { signal: AbortSignal.abort(new Error('Too late.')) });
    await assert.rejects(outcome, /Too late/);
    await until(() => true);
    assert.equal(client.count('get'), 0);
  });
});
