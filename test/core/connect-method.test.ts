import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isFixableInForm } from '../../src/core/flow/connect-attempt.js';
import { connectMethod } from '../../src/core/flow/connect-settings.js';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import { authConfig } from '../support/memory-client.js';

const field = (name: string, required = true) => ({
  name,
  displayName: name,
  description: '',
  type: 'string',
  required,
});
const OAUTH = authConfig();
const OAUTH_WITH_REGION = authConfig({ fields: [field('region', false)] });
const KEY = authConfig({ authScheme: 'API_KEY', fields: [field('api_key')] });
const KEY_WITHOUT_FIELDS = authConfig({ authScheme: 'API_KEY' });
const SAML = authConfig({ authScheme: 'SAML' });
const NO_AUTH = authConfig({ authScheme: 'NO_AUTH' });

describe('connectMethod', () => {
  for (const [what, config, credentialsForm, plan] of [
    ['OAuth', OAUTH, 'inline', 'hosted'],
    ['a key', KEY, 'inline', 'form'],
    ['a key asked for elsewhere', KEY, 'hosted', 'hosted'],
    ['a key asked for elsewhere, whose fields are not known here', KEY_WITHOUT_FIELDS, 'hosted', 'hosted'],
    ['a key scheme with nothing to ask', KEY_WITHOUT_FIELDS, 'inline', 'direct'],
    ['nothing to prove', NO_AUTH, 'hosted', 'direct'],
    ['SAML, whose users sign in at their identity provider', SAML, 'inline', 'hosted'],
    ['an auth config that is not known', null, 'inline', 'hosted'],
  ] as const) {
    test(`the method for ${what} is ${plan}`, () => {
      assert.equal(connectMethod(config, { credentialsForm, connectionData: undefined }), plan);
    });
  }
});

describe('isFixableInForm', () => {
  for (const [what, code, config, credentialsForm, mended] of [
    ['a key that is refused', 'invalid_credentials', KEY, 'inline', true],
    ['a key that is refused, typed elsewhere', 'invalid_credentials', KEY, 'hosted', false],
    ['a name that is taken, where the key is typed elsewhere', 'alias_taken', KEY, 'hosted', false],
    ['a region that is missing', 'missing_fields', OAUTH_WITH_REGION, 'hosted', true],
    ['OAuth without a field to fill in', 'invalid_credentials', OAUTH, 'inline', false],
    ['OAuth under a name that is taken', 'alias_taken', OAUTH, 'inline', true],
    ['a key that cannot be sent', 'network_error', KEY, 'inline', false],
    ['an auth config that is not known', 'alias_taken', null, 'inline', false],
  ] as const) {
    test(`${what} is ${mended ? '' : 'not '}fixable in the form`, () => {
      assert.equal(isFixableInForm(connectErrorInfo(code, ''), config, { credentialsForm }), mended);
    });
  }
});
