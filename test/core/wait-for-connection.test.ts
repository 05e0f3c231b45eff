import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectError } from '../../src/core/model/connect-error.js';
import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import { waitForConnection } from '../../src/core/polling/wait-for-connection.js';
import { FakeClock, until } from '../support/fake-clock.js';
import { connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';

const failsWith = (code: string) => (thrown: unknown) => thrown instanceof ConnectError && thrown.code === code;

/** A wait for an account that has this status. */
function waiting(status: ConnectionStatus, options: { timeout?: number; signal?: AbortSignal } = {}) {
  const clock = new FakeClock();
  const client = new MemoryClient();
  client.accounts = [connectedAccount({ status })];
  const { timeout, ...request } = options;
  const outcome = waitForConnection(client, 'ca_1', timeout, { clock, userId: 'user_1', ...request });
  // Whoever awaits it later must not come too late.
  outcome.catch(() => {});
  return { clock, client, outcome };
}

test('asks at once, and is done when the account is ACTIVE', async () => {
  const { clock, client, outcome } = waiting('ACTIVE');
  await clock.advance(0);
  assert.equal((await outcome).status, 'ACTIVE');
  assert.equal(client.count('get'), 1);
  assert.equal(clock.timers, 0);
});

test('goes on asking until the account is ACTIVE', async () => {
  const { clock, client, outcome } = waiting('INITIATED');
  await clock.advance(10_000);
  client.change('ca_1', { status: 'ACTIVE' });
  await clock.advance(10_000);
  assert.equal((await outcome).status, 'ACTIVE');
  assert.ok(client.count('get') < 10, String(client.count('get')));
});

describe('an account that comes to an end', () => {
  for (const [status, code] of [
    ['FAILED', 'connection_failed'],
    ['EXPIRED', 'link_expired'],
    ['REVOKED', 'connection_revoked'],
  ] as const) {
    test(`${status} is ${code}`, async () => {
      const { clock, outcome } = waiting(status);
      await clock.advance(0);
      await assert.rejects(outcome, failsWith(code));
      assert.equal(clock.timers, 0);
    });
  }

  test('INACTIVE is none: it may be switched on again', async () => {
    const { clock, client, outcome } = waiting('INACTIVE');
    await clock.advance(5_000);
    client.change('ca_1', { status: 'ACTIVE' });
    await clock.advance(10_000);
    assert.equal((await outcome).status, 'ACTIVE');
  });
});

describe('the time', () => {
  for (const [what, timeout, end] of [
    ['60 s', undefined, 60_000],
    ['as told', 5_000, 5_000],
  ] as const) {
    test(`is ${what}, with one last look`, async () => {
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

describe('a request that fails', () => {
  test('for a passing reason ends nothing', async () => {
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
    test(`with ${status} ends it`, async () => {
      const { clock, client, outcome } = waiting('ACTIVE');
      client.next('get', () => Promise.reject(httpFailure(status, code)));
      await clock.advance(0);
      await assert.rejects(outcome, failsWith(code));
    });
  }
});

describe('a signal', () => {
  test('ends the waiting, with its reason and without a timer', async () => {
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

  test('that is aborted before asks nobody', async () => {
    const { client, outcome } = waiting('ACTIVE', { signal: AbortSignal.abort(new Error('Too late.')) });
    await assert.rejects(outcome, /Too late/);
    await until(() => true);
    assert.equal(client.count('get'), 0);
  });
});
