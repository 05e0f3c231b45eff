import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOfStatus } from '../../src/core/flow/connect-attempt.js';
import { ConnectError, connectErrorInfo, toConnectErrorInfo } from '../../src/core/model/connect-error.js';
import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import { CONNECT_ERROR_CODES } from '../../src/core/model/error-codes.js';
import { connectedAccount } from '../support/memory-client.js';

test('the error codes are those of the contract', () => {
  const contract = `invalid_configuration unauthorized forbidden csrf_rejected not_found auth_config_not_found
    auth_config_disabled unsupported_scheme already_connected alias_taken missing_fields invalid_credentials
    invalid_request rate_limited internal_error upstream_error network_error timeout invalid_response connection_failed
    connection_expired connection_revoked link_expired browser_mismatch`;
  assert.deepEqual(CONNECT_ERROR_CODES, contract.split(/\s+/));
});

test('temporary errors are retryable', () => {
  const retryable = CONNECT_ERROR_CODES.filter((code) => connectErrorInfo(code, 'x').retryable);
  assert.deepEqual(retryable, ['rate_limited', 'internal_error', 'upstream_error', 'network_error', 'timeout']);
  assert.equal(connectErrorInfo('timeout', 'x', { retryable: false }).retryable, false);
});

test('an error is frozen and survives JSON', () => {
  const error = connectErrorInfo('alias_taken', 'Taken.', { status: 409, fieldErrors: { alias: 'Taken.' } });
  assert.ok(Object.isFrozen(error));
  assert.deepEqual(JSON.parse(JSON.stringify(error)), error);
});

test('a ConnectError keeps its info, and an unexpected error reveals nothing', () => {
  const error = connectErrorInfo('forbidden', 'No.');
  assert.equal(toConnectErrorInfo(new ConnectError(error)), error);
  for (const thrown of [new Error('token s3cret'), 's3cret', null, undefined, { message: 's3cret' }]) {
    const unforeseen = toConnectErrorInfo(thrown);
    assert.equal(unforeseen.code, 'internal_error');
    assert.ok(!JSON.stringify(unforeseen).includes('s3cret'));
  }
});

test('an error of another copy of the package is one too, and one of another library with that name is none', () => {
  class OtherError extends Error {
    override readonly name = 'ConnectError';
    readonly info = connectErrorInfo('rate_limited', 'Slow down.');
  }
  const other = new OtherError('Slow down.');
  assert.ok(other instanceof ConnectError);
  assert.equal(toConnectErrorInfo(other).code, 'rate_limited');
  const foreign = Object.assign(new Error('sk_1'), { name: 'ConnectError', code: 5 });
  assert.equal(toConnectErrorInfo(foreign).code, 'internal_error');
});

for (const [status, code] of [
  ['INITIALIZING', null],
  ['INITIATED', null],
  ['ACTIVE', 'connected'],
  ['FAILED', 'connection_failed'],
  ['EXPIRED', 'link_expired'],
  ['REVOKED', 'connection_revoked'],
  ['INACTIVE', 'connection_failed'],
  // A page's own client may report any status.
  ['PAUSED', null],
  ['active', null],
] as const) {
  test(`the status ${status} leads an attempt to ${code}`, () => {
    const outcome = outcomeOfStatus(connectedAccount({ status: status as ConnectionStatus }));
    assert.equal(outcome && (outcome.status === 'failed' ? outcome.error.code : outcome.status), code);
  });
}
