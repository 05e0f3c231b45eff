import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chooseAccount, isAbandoned } from '../../src/core/flow/existing-account.js';
import { CONNECTION_STATUSES, type ConnectionStatus } from '../../src/core/model/connection-types.js';
import { connectedAccount } from '../support/memory-client.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');

/** An account that was created the given number of minutes before noon. */
function account(id: string, status: ConnectionStatus, minutesAgo: number) {
  const createdAt = new Date(NOON - minutesAgo * 60_000).toISOString();
  return connectedAccount({ id, status, createdAt, updatedAt: createdAt });
}

function choose(...accounts: ReturnType<typeof account>[]) {
  const { account: chosen, pending } = chooseAccount(accounts, NOON);
  return { account: chosen?.id ?? null, pending: pending?.id ?? null };
}

test('a user without accounts has neither an account nor a pending one', () => {
  assert.deepEqual(choose(), { account: null, pending: null });
});

test('an ACTIVE account wins over all others, however old it is', () => {
  const old = account('ca_active', 'ACTIVE', 90_000);
  const chosen = choose(account('ca_dead', 'REVOKED', 1), account('ca_waits', 'INITIATED', 2), old);
  assert.deepEqual(chosen, { account: 'ca_active', pending: null });
});

test('the newest of several ACTIVE accounts wins in any order', () => {
  const [older, newer] = [account('ca_older', 'ACTIVE', 20), account('ca_newer', 'ACTIVE', 10)];
  assert.equal(choose(older, newer).account, 'ca_newer');
  assert.equal(choose(newer, older).account, 'ca_newer');
});

test('the newest account that needs attention counts if none is ACTIVE', () => {
  const chosen = choose(account('ca_older', 'REVOKED', 50), account('ca_newer', 'INACTIVE', 40));
  assert.deepEqual(chosen, { account: 'ca_newer', pending: null });
});

test('an account that waits for its user is pending until its link expires', () => {
  assert.deepEqual(choose(account('ca_waits', 'INITIATED', 9.9)), { account: null, pending: 'ca_waits' });
  assert.deepEqual(choose(account('ca_waits', 'INITIALIZING', 1)), { account: null, pending: 'ca_waits' });
  assert.deepEqual(choose(account('ca_late', 'INITIATED', 10)), { account: null, pending: null });
});

test('a pending account does not hide one that needs attention', () => {
  const chosen = choose(account('ca_waits', 'INITIATED', 1), account('ca_revoked', 'REVOKED', 50));
  assert.deepEqual(chosen, { account: 'ca_revoked', pending: 'ca_waits' });
});

describe('isAbandoned', () => {
  const expired = (minutes: number, more = {}) =>
    connectedAccount({
      status: 'EXPIRED',
      displayName: null,
      createdAt: '2026-03-01T11:00:00Z',
      updatedAt: new Date(Date.parse('2026-03-01T11:00:00Z') + minutes * 60_000).toISOString(),
      ...more,
    });

  test('an EXPIRED account is abandoned if the server says that it was never active', () => {
    assert.equal(isAbandoned(expired(500, { displayName: 'octocat', wasActive: false })), true);
    assert.equal(isAbandoned(expired(10, { wasActive: true })), false);
  });

  test('an EXPIRED account of an older server is abandoned if it has no identity and expired within 11 minutes', () => {
    assert.equal(isAbandoned(expired(11)), true);
    assert.equal(isAbandoned(expired(11.1)), false);
    assert.equal(isAbandoned(expired(5, { displayName: 'octocat' })), false);
  });

  test('an abandoned EXPIRED account does not count, and any other EXPIRED account does', () => {
    assert.equal(chooseAccount([expired(10)], NOON).account, null);
    assert.equal(chooseAccount([expired(60)], NOON).account?.status, 'EXPIRED');
  });

  test('an account in a status other than EXPIRED is never abandoned', () => {
    assert.equal(isAbandoned(connectedAccount({ status: 'REVOKED', wasActive: false })), false);
  });
});

test('in any list an ACTIVE account is found and a pending one is never chosen', () => {
  const any = fc.record({
    id: fc.string({ minLength: 1 }),
    status: fc.constantFrom(...CONNECTION_STATUSES),
    minutes: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), (rows) => {
      const accounts = rows.map(({ id, status, minutes }) => account(id, status, minutes));
      const chosen = chooseAccount(accounts, NOON);
      assert.equal(
        chosen.account?.status === 'ACTIVE',
        rows.some(({ status }) => status === 'ACTIVE'),
      );
      assert.ok(!['INITIATED', 'INITIALIZING'].includes(chosen.account?.status ?? ''));
      assert.ok([undefined, 'INITIATED', 'INITIALIZING'].includes(chosen.pending?.status));
    }),
  );
});
