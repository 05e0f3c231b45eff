import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConnectSettings, configurationError } from '../../src/core/flow/connect-settings.js';
import { MemoryClient } from '../support/memory-client.js';

const SETTINGS: ConnectSettings = {
  client: new MemoryClient(),
  userId: 'user_1',
  authConfigId: 'ac_github',
  allowMultiple: false,
  timeout: 600_000,
  callbackUrl: 'https://app.example.com/api/connect/callback',
  storageKey: 'key',
};

test('complete settings are valid', () => {
  assert.equal(configurationError(SETTINGS), null);
  assert.equal(configurationError({ ...SETTINGS, callbackUrl: undefined, timeout: Number.POSITIVE_INFINITY }), null);
});

for (const [name, wrong, mend] of [
  ['no user', { userId: '' }, /`userId` is missing: .*'user_123'/],
  ['no auth config', { authConfigId: '' }, /`authConfigId` is missing: .*'ac_github'/],
  ['a timeout of 0', { timeout: 0 }, /`timeout` must be a number of milliseconds above 0/],
  ['a negative timeout', { timeout: -1 }, /`timeout` must be/],
  ['a timeout that is no number', { timeout: Number.NaN }, /`timeout` must be/],
  ['an unknown mode', { mode: 'tab' as 'popup' }, /`mode` must be 'popup' or 'redirect'/],
  ['a callback URL that is none', { callbackUrl: 'https://' }, /`callbackUrl` is not a valid URL/],
] as const) {
  test(`${name} is invalid_configuration with a message that says how to fix it`, () => {
    const error = configurationError({ ...SETTINGS, ...wrong });
    assert.equal(error?.code, 'invalid_configuration');
    assert.equal(error.retryable, false);
    assert.match(error.message, mend);
  });
}
