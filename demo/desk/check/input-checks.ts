import type { Check } from './check.js';
import { expectAnswer, type Probe } from './probe.js';

const LINK = '/connected-accounts/link';
const MAX_BODY_BYTES = 65_536;

const authConfigOf = ({ options }: Probe): string => options.authConfigId ?? 'ac_check';

/** What a browser of an attacker may put into a body. */
export const INPUT_CHECKS: readonly Check[] = [
  {
    id: 'malformed-json',
    title: 'A malformed body is 400 invalid_request',
    fix: 'Catch the error of the JSON parser, and refuse a body that is not an object.',
    needs: ['session'],
    async run(probe) {
      for (const body of ['{"authConfigId":', '[]', '"text"', 'null']) {
        expectAnswer(await probe.send('POST', LINK, { body }), 400, 'invalid_request', `with the body ${body}`);
      }
    },
  },
  {
    id: 'wrong-types',
    title: 'Wrong types in a body are 400 invalid_request',
    fix: 'Check the type of every field with a schema before it is used.',
    needs: ['session'],
    async run(probe) {
      const authConfigId = authConfigOf(probe);
      const bodies = [
        {},
        { authConfigId: 1 },
        { authConfigId: [authConfigId] },
        { authConfigId, alias: {} },
        { authConfigId, allowMultiple: 'yes' },
        { authConfigId, connectionData: { region: { nested: 1 } } },
      ];
      for (const body of bodies) {
        const answer = await probe.send('POST', LINK, { body });
        expectAnswer(answer, 400, 'invalid_request', `with ${JSON.stringify(body)}`);
      }
    },
  },
  {
    id: 'prototype-keys',
    title: 'Prototype keys in a body are 400 invalid_request',
    fix: 'Refuse __proto__, constructor and prototype as keys, at every depth.',
    needs: ['session'],
    async run(probe) {
      const body = `{"authConfigId":${JSON.stringify(authConfigOf(probe))},"connectionData":{"__proto__":"x"}}`;
      expectAnswer(await probe.send('POST', LINK, { body }), 400, 'invalid_request', 'with __proto__');
    },
  },
  {
    id: 'body-limit',
    title: 'A body over 64 KB is 413 invalid_request',
    fix: 'Set the body limit of the endpoint to 65,536 bytes, and answer with the error envelope.',
    needs: ['session'],
    async run(probe) {
      const body = { authConfigId: authConfigOf(probe), alias: 'x'.repeat(MAX_BODY_BYTES) };
      expectAnswer(await probe.send('POST', LINK, { body }), 413, 'invalid_request', 'with 64 KB');
    },
  },
  {
    id: 'unknown-auth-config',
    title: 'An unknown auth config is 404 auth_config_not_found',
    fix: 'Look the auth config up, and hold it against the list of those that this user may connect, before a link is made.',
    needs: ['session'],
    async run(probe) {
      const body = { authConfigId: 'ac_connectAccountCheck' };
      expectAnswer(await probe.send('POST', LINK, { body }), 404, 'auth_config_not_found');
    },
  },
  {
    id: 'foreign-callback',
    title: 'A callbackUrl of another site is 400 invalid_request',
    fix: 'Accept the callback page of the endpoint and those that you list, and nothing else.',
    needs: ['session', 'auth config'],
    async run(probe) {
      for (const callbackUrl of [
        'https://connect-account-check.example/callback',
        'javascript:alert(1)',
        '/elsewhere',
      ]) {
        const body = { authConfigId: authConfigOf(probe), callbackUrl };
        expectAnswer(await probe.send('POST', LINK, { body }), 400, 'invalid_request', `with ${callbackUrl}`);
      }
    },
  },
  {
    id: 'undeclared-fields',
    title: 'Connection data that the auth config does not declare is 400',
    fix: 'Compare the names in connectionData with the fields of the auth config: callback_url and the like are switches of Composio.',
    needs: ['session', 'auth config'],
    async run(probe) {
      const body = { authConfigId: authConfigOf(probe), connectionData: { callback_url: 'https://example.com' } };
      expectAnswer(await probe.send('POST', LINK, { body }), 400, undefined, 'with connectionData.callback_url');
    },
  },
  {
    id: 'forged-state',
    title: 'A forged state binds nothing: 400',
    fix: 'Verify the signature of state before anything else in POST {endpoint}/callback.',
    needs: ['session'],
    async run(probe) {
      for (const body of [{}, { state: 'forged' }, { state: 'eyJhbGciOiJub25lIn0.e30.', bindingVerifier: 'x' }]) {
        const answer = await probe.send('POST', '/callback', { body });
        expectAnswer(answer, 400, undefined, `with ${JSON.stringify(body)}`);
      }
    },
  },
];
