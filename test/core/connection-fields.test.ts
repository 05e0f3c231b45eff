import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedFields, collectedValues } from '../../src/core/accounts/credential-fields.js';
import type { ConnectionField } from '../../src/core/model/connection-types.js';
import { authConfig } from '../support/memory-client.js';

function configOf(authScheme: string, ...fields: readonly (Partial<ConnectionField> & { readonly name: string })[]) {
  const usual = { displayName: '', description: '', type: 'string', required: true };
  return authConfig({ authScheme, fields: fields.map((field) => ({ ...usual, ...field })) });
}

describe('askedFields', () => {
  for (const [name, isSecret, masked] of [
    ['generic_api_key', undefined, true],
    ['client_secret', undefined, true],
    ['token', undefined, true],
    ['password', undefined, true],
    ['jwt', undefined, true],
    ['credentials_json', undefined, true],
    ['subdomain', undefined, false],
    ['username', undefined, false],
    ['public_key', false, false],
    ['account_sid', true, true],
  ] as const) {
    test(`the field ${name} is ${masked ? 'masked' : 'visible'} if isSecret is ${isSecret}`, () => {
      const [field] = askedFields(configOf('API_KEY', { name, ...(isSecret !== undefined && { isSecret }) }));
      assert.equal(field?.masked, masked);
    });
  }

  test('a key of several lines and a key file are masked', () => {
    const asked = askedFields(configOf('SERVICE_ACCOUNT', { name: 'private_key' }, { name: 'credentials_json' }));
    assert.deepEqual(
      asked.map(({ kind, masked }) => [kind, masked]),
      [
        ['lines', true],
        ['json', true],
      ],
    );
  });
});

describe('collectedValues', () => {
  const sent = (name: string, typed: string) => collectedValues(configOf('BASIC', { name }), { [name]: typed })[name];

  for (const [unseen, character] of [
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff'],
    ['a direction isolate', '\u2068'],
    ['an Arabic letter mark', '\u061c'],
    ['a soft hyphen', '\u00ad'],
    ['a line separator', '\u2028'],
    ['a null', '\u0000'],
    ['a variation selector', '\ufe0f'],
  ] as const) {
    test(`a pasted token is sent without ${unseen}`, () => {
      assert.equal(sent('token', ` ${character}sk_${character}1${character}\n`), 'sk_1');
    });
  }

  test('a key of several lines keeps its lines with uniform line endings', () => {
    assert.equal(sent('private_key', '-----BEGIN\r\n\tabc\rdef\n'), '-----BEGIN\n\tabc\ndef');
  });

  test('a password is sent unchanged', () => {
    assert.equal(sent('password', ' \u200bpa ss\u0007 '), ' \u200bpa ss\u0007 ');
  });
});
