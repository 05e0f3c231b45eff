import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { ConnectSettings } from '../../src/core/flow/connect-settings.js';
import { createLink } from '../../src/core/flow/create-link.js';
import type { CallbackTexts } from '../../src/core/model/callback-protocol.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import type { LinkOptions } from '../../src/core/model/connection-client.js';
import { createAttemptId } from '../../src/core/model/crypto.js';
import { FakePorts } from '../support/fake-ports.js';
import { MemoryClient } from '../support/memory-client.js';

const ATTEMPT = 'attempt-0123456789';

function setUp(more: Partial<ConnectSettings> = {}) {
  const ports = new FakePorts();
  const client = new MemoryClient(() => ports.clock.wallNow());
  const settings: ConnectSettings = {
    client,
    userId: 'user_1',
    authConfigId: 'ac_github',
    allowMultiple: false,
    timeout: 600_000,
    storageKey: 'key',
    ...more,
  };
  const create = (signal = new AbortController().signal) => createLink(ATTEMPT, settings, ports, signal);
  const sent = () => client.given('link')[2] as LinkOptions;
  return { ports, client, settings, create, sent };
}

/** A link of the backend with the changes in `different`. */
const link = (different: object) => () => ({
  id: 'ca_1',
  status: 'INITIATED',
  redirectUrl: 'https://connect.example.com/link/1',
  expiresAt: '2026-03-01T12:10:00Z',
  ...different,
});

const isInvalidResponse = (error: unknown) =>
  error instanceof ConnectError && error.code === 'invalid_response' && !error.message.includes('evil');

describe('request for a link', () => {
  test('the callback URL names the attempt and keeps its other parameters', async () => {
    const { create, sent } = setUp({ callbackUrl: 'https://app.example.com/cb?tab=2&connect_attempt=old#top' });
    await create();
    assert.equal(sent().callbackUrl, `https://app.example.com/cb?tab=2&connect_attempt=${ATTEMPT}#top`);
  });

  test('the challenge is the hash of the verifier that stays in this browser (RFC 7636 §4.2)', async () => {
    const { ports, create, sent } = setUp();
    await create();
    const { verifier = '' } = ports.storage.briefings.get(ATTEMPT) ?? {};
    assert.match(verifier, /^[\w-]{43}$/);
    assert.equal(sent().bindingChallenge, createHash('sha256').update(verifier).digest('base64url'));
    assert.ok(!JSON.stringify(sent()).includes(verifier));
  });

  test('attempts of one browser share a verifier for each backend and auth config', async () => {
    const { ports, client, settings } = setUp();
    const signal = new AbortController().signal;
    for (const verifierScope of ['github', 'github', 'slack'])
      await createLink(createAttemptId(), { ...settings, verifierScope }, ports, signal);
    const links = client.calls.filter(({ method }) => method === 'link');
    const [first, second, third] = links.map(({ given }) => (given[2] as LinkOptions).bindingChallenge);
    assert.equal(second, first);
    assert.notEqual(third, first);
  });

  test('the callback page is left the verifier and the texts of this page', async () => {
    const { ports, settings } = setUp({ verifierScope: 'github' });
    const texts = { lang: 'de' } as CallbackTexts;
    const speaking = { ...ports, callbackTexts: () => texts };
    const link = await createLink(ATTEMPT, settings, speaking, new AbortController().signal);
    const briefing = { verifier: ports.storage.verifiers.get('github'), texts };
    assert.deepEqual([link.briefing, ports.storage.briefings.get(ATTEMPT)], [briefing, briefing]);
  });

  test('the alias, the fields and allowMultiple are sent if they are set', async () => {
    const { create, sent } = setUp({ alias: 'work', connectionData: { shop: 's' }, allowMultiple: true });
    await create();
    const { alias, connectionData, allowMultiple } = sent();
    assert.deepEqual(
      { alias, connectionData, allowMultiple },
      {
        alias: 'work',
        connectionData: { shop: 's' },
        allowMultiple: true,
      },
    );
    const bare = setUp({ alias: '' });
    await bare.create();
    assert.deepEqual(Object.keys(bare.sent()).sort(), ['allowMultiple', 'bindingChallenge']);
  });
});

describe('unsafe links', () => {
  for (const redirectUrl of [
    'javascript:alert("evil")',
    'http://evil.example/',
    '//evil.example',
    '',
    null,
    undefined,
  ]) {
    test(`the link ${redirectUrl} is invalid_response, and the error does not repeat it`, async () => {
      const { client, create } = setUp();
      client.next('link', link({ redirectUrl }));
      await assert.rejects(create(), isInvalidResponse);
    });
  }

  test('a missing link is invalid_response', async () => {
    const { client, create } = setUp();
    client.next('link', () => null);
    await assert.rejects(create(), isInvalidResponse);
  });
});

describe('lifetime of a link', () => {
  // The fake clock shows 12:00:00.
  const NOON = Date.parse('2026-03-01T12:00:00Z');
  const CASES: Array<[name: string, answer: object, lifetimeMs: number]> = [
    ["follows the server's clock if it is known", { serverTime: NOON }, 600_000],
    [
      'is correct although our clock is an hour slow',
      { serverTime: NOON + 3_600_000, expiresAt: '2026-03-01T13:10:00Z' },
      600_000,
    ],
    [
      'is correct although our clock is an hour fast',
      { serverTime: NOON - 3_600_000, expiresAt: '2026-03-01T11:10:00Z' },
      600_000,
    ],
    ["follows our clock if the server's is unknown", { expiresAt: '2026-03-01T12:07:00Z' }, 420_000],
    ['is ten minutes if the link seems expired by our clock', { expiresAt: '2026-03-01T11:00:00Z' }, 600_000],
    [
      "is zero if the link is expired by the server's clock",
      { serverTime: NOON, expiresAt: '2026-03-01T11:59:00Z' },
      0,
    ],
    ['is ten minutes if its end is unreadable', { expiresAt: 'soon' }, 600_000],
    [
      "is ten minutes if its end is unreadable and the server's clock is known",
      { serverTime: NOON, expiresAt: 'soon' },
      600_000,
    ],
  ];
  for (const [name, answer, lifetimeMs] of CASES) {
    test(`the lifetime of a link ${name}`, async () => {
      const { client, create } = setUp();
      client.next('link', link(answer));
      assert.equal((await create()).lifetimeMs, lifetimeMs);
    });
  }
});

test('a cancelled attempt requests no link and uses none', async () => {
  const { client, create } = setUp();
  await assert.rejects(create(AbortSignal.abort(new Error('called off'))), /called off/);
  assert.equal(client.count('link'), 0);
  const controller = new AbortController();
  client.next('link', () => {
    controller.abort(new Error('called off'));
    return link({})();
  });
  await assert.rejects(create(controller.signal), /called off/);
});
