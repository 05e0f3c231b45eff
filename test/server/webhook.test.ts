import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createStorage } from 'unstorage';
import {
  type AuditEvent,
  createWebhookHandler,
  type ExpiredAccount,
  type WebhookHandlerOptions,
} from '../../src/server.js';

const SECRET = 'a webhook secret of the tests';

const EVENT = {
  id: 'evt_1',
  type: 'composio.connected_account.expired',
  metadata: { project_id: 'pr_1', org_id: 'ok_1' },
  data: {
    id: 'ca_1',
    toolkit: { slug: 'gmail' },
    auth_config: { id: 'ac_gmail', auth_scheme: 'OAUTH2' },
    status: 'EXPIRED',
    status_reason: 'OAuth refresh token expired',
    state: { val: { access_token: 'CANARY' } },
  },
  timestamp: '2026-02-06T12:00:00.000Z',
};

interface Delivery {
  readonly id?: string;
  readonly body?: unknown;
  readonly secret?: string;
  /** Seconds. */
  readonly age?: number;
  readonly headers?: Record<string, string | undefined>;
  readonly method?: string;
}

function deliver({ id = 'msg_1', body = EVENT, secret = SECRET, age = 0, headers, method = 'POST' }: Delivery = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${text}`).digest('base64');
  const all = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    ...headers,
  };
  const present = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const init = { method, headers: present, ...(method !== 'GET' && { body: text }) };
  return new Request('https://app.example.com/webhooks/composio', init);
}

function createReceiver(options: Partial<WebhookHandlerOptions> = {}) {
  const expired: ExpiredAccount[] = [];
  const events: AuditEvent[] = [];
  const handle = createWebhookHandler({
    store: 'memory',
    secret: SECRET,
    onExpired: (account) => expired.push(account),
    onAudit: (event) => events.push(event),
    ...options,
  });
  return { handle, expired, events };
}

test('a signed delivery reaches the host and its audit log without the rest of the event', async () => {
  const { handle, expired, events } = createReceiver();
  const response = await handle(deliver());
  assert.deepEqual([response.status, await response.json()], [200, { handled: true }]);
  assert.deepEqual(expired, [
    {
      connectedAccountId: 'ca_1',
      userId: null,
      authConfigId: 'ac_gmail',
      toolkitSlug: 'gmail',
      statusReason: 'OAuth refresh token expired',
      expiredAt: '2026-02-06T12:00:00.000Z',
    },
  ]);
  assert.deepEqual(
    events.map(({ requestId: _, time: __, ...event }) => event),
    [
      {
        action: 'account_expired',
        outcome: 'success',
        userId: null,
        connectedAccountId: 'ca_1',
        authConfigId: 'ac_gmail',
      },
    ],
  );
});

test('the owner of an expired account is passed on when Composio sends it', async () => {
  const { handle, expired, events } = createReceiver();
  await handle(deliver({ body: { ...EVENT, data: { ...EVENT.data, user_id: 'user_ada' } } }));
  assert.deepEqual([expired[0]?.userId, events[0]?.userId], ['user_ada', 'user_ada']);
});

test('a delivery whose body was parsed before is 500 with the fix in the log, since its bytes were signed', async (context) => {
  const { mock } = context.mock.method(console, 'error', () => {});
  const { handle } = createReceiver();
  const { method, url, headers } = deliver();
  headers.set('content-length', '100');
  const response = await handle({ method, url, headers, body: EVENT } as never);
  assert.equal(response.status, 500);
  assert.match(String(mock.calls[0]?.arguments[0]), /rawBody/);
  const text = JSON.stringify(EVENT);
  headers.set('content-length', String(text.length));
  assert.equal((await handle({ method, url, headers, body: EVENT, rawBody: text } as never)).status, 200);
});

const [OTHER_SIGNATURE = ''] = [createHmac('sha256', 'other').update('other').digest('base64')];

/** Deliveries that Composio did not send, or not now. */
const FORGED: Record<string, Delivery> = {
  'with the signature of another secret': { secret: 'another secret' },
  'without a signature': { headers: { 'webhook-signature': undefined } },
  'with a signature of another version': { headers: { 'webhook-signature': `v2,${OTHER_SIGNATURE}` } },
  'with an empty signature': { headers: { 'webhook-signature': 'v1,' } },
  'with the signature of something else': { headers: { 'webhook-signature': `v1,${OTHER_SIGNATURE}` } },
  'with another id than was signed': { headers: { 'webhook-id': 'msg_2' } },
  'without an id': { headers: { 'webhook-id': undefined } },
  'without a time': { headers: { 'webhook-timestamp': undefined } },
  'with a time that is none': { headers: { 'webhook-timestamp': 'NaN' } },
  'of more than 5 minutes ago': { age: 302 },
  'of more than 5 minutes ahead': { age: -302 },
};

for (const [name, delivery] of Object.entries(FORGED)) {
  test(`a delivery ${name} is 401 and does not reach the host`, async () => {
    const { handle, expired, events } = createReceiver();
    const response = await handle(deliver(delivery));
    assert.equal(response.status, 401);
    assert.equal((await response.json()).error.code, 'unauthorized');
    assert.deepEqual([expired, events], [[], []]);
  });
}

test('a body that was changed after signing is 401', async () => {
  const { handle, expired } = createReceiver();
  const { headers } = deliver();
  const body = JSON.stringify({ ...EVENT, data: { ...EVENT.data, id: 'ca_2' } });
  assert.equal((await handle(new Request('https://app.example.com/', { method: 'POST', headers, body }))).status, 401);
  assert.deepEqual(expired, []);
});

test('one valid signature among several is enough, and any secret may have signed', async () => {
  const { handle, expired } = createReceiver({ secret: ['the next secret', SECRET] });
  const request = deliver({ id: 'msg_a' });
  const several = `v2,x v1,${OTHER_SIGNATURE} ${request.headers.get('webhook-signature')}`;
  request.headers.set('webhook-signature', several);
  assert.equal((await handle(request)).status, 200);
  assert.equal((await handle(deliver({ id: 'msg_b', secret: 'the next secret' }))).status, 200);
  assert.equal(expired.length, 2);
});

test('a repeated delivery is 200 and handled once, also by another instance with the same store', async () => {
  const store = createStorage();
  const [one, other] = [createReceiver({ store }), createReceiver({ store })];
  assert.equal((await one.handle(deliver())).status, 200);
  assert.equal((await one.handle(deliver())).status, 200);
  assert.equal((await other.handle(deliver())).status, 200);
  assert.deepEqual([one.expired.length, other.expired.length], [1, 0]);
});

test('a delivery that is repeated after three days, with a new timestamp, is handled once', async (context) => {
  const { handle, expired } = createReceiver();
  assert.equal((await handle(deliver())).status, 200);
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3 * 24 * 3600_000 });
  assert.equal((await handle(deliver())).status, 200);
  assert.equal(expired.length, 1);
});

test('20 simultaneous copies are one event', async () => {
  const { handle, expired } = createReceiver();
  await Promise.all(Array.from({ length: 20 }, () => handle(deliver())));
  assert.equal(expired.length, 1);
});

/** A store with the atomic steps, as two instances see it. */
function atomicStore() {
  const values = new Map<string, { readonly expiresAt: number }>();
  const read = (key: string) => ((values.get(key)?.expiresAt ?? 0) > Date.now() ? values.get(key) : undefined);
  return {
    get: async (key: string) => read(key),
    set: async (key: string, value: { readonly expiresAt: number }) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key),
    setIfAbsent: async (key: string, value: { readonly expiresAt: number }) => {
      if (read(key)) return false;
      values.set(key, value);
      return true;
    },
  };
}

test('a delivery that another instance works on is 503 with Retry-After, and 200 when that has succeeded', async () => {
  const store = atomicStore();
  let finish = () => {};
  const one = createReceiver({ store, onExpired: () => new Promise<void>((resolve) => (finish = resolve)) });
  const other = createReceiver({ store });
  const first = one.handle(deliver());
  await delay(200);
  const meanwhile = await other.handle(deliver());
  assert.deepEqual([meanwhile.status, Number(meanwhile.headers.get('retry-after')) > 0], [503, true]);
  finish();
  assert.equal((await first).status, 200);
  assert.equal((await other.handle(deliver())).status, 200);
  assert.deepEqual(other.expired, []);
});

test('a delivery whose instance died half-way is handled again by another', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const store = atomicStore();
  const dead = createReceiver({ store, onExpired: () => new Promise(() => {}) });
  void dead.handle(deliver());
  await delay(200);
  const other = createReceiver({ store });
  assert.equal((await other.handle(deliver())).status, 503);
  context.mock.timers.tick(31_000);
  assert.equal((await other.handle(deliver())).status, 200);
  assert.equal(other.expired.length, 1);
});

test('a hanging onExpired is 500 after 10 seconds', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const answer = createReceiver({ onExpired: () => new Promise(() => {}) }).handle(deliver());
  for (let tick = 0; tick < 25; tick += 1) {
    await new Promise(setImmediate);
    context.mock.timers.tick(500);
  }
  assert.equal((await answer).status, 500);
  assert.match(String(log.mock.calls[0]?.arguments[0]), /`onExpired` did not return within 10 seconds/);
});

test('another event is accepted and does not reach the host', async () => {
  const { handle, expired, events } = createReceiver();
  const response = await handle(deliver({ body: { ...EVENT, type: 'composio.trigger.message' } }));
  assert.deepEqual([response.status, await response.json()], [200, { handled: false }]);
  assert.deepEqual([expired, events], [[], []]);
});

for (const [name, delivery, status] of [
  ['no JSON', { body: '{' }, 400],
  ['no event', { body: '[]' }, 400],
  ['an event without an account', { body: { ...EVENT, data: {} } }, 400],
  ['more than 64 KB', { body: ' '.repeat(65_537) }, 413],
  ['a GET', { method: 'GET' }, 405],
] as const) {
  test(`${name} is ${status}`, async () => {
    assert.equal((await createReceiver().handle(deliver(delivery))).status, status);
  });
}

test('an onExpired that fails is 500, is audited, and can be retried', async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  let isDown = true;
  const { handle, events } = createReceiver({
    onExpired: async () => {
      if (isDown) throw new Error('CANARY of the host');
    },
  });
  const response = await handle(deliver());
  assert.equal(response.status, 500);
  assert.doesNotMatch(`${await response.text()}${JSON.stringify(logged.mock.calls)}`, /CANARY/);
  isDown = false;
  assert.equal((await handle(deliver())).status, 200);
  assert.deepEqual(
    events.map(({ outcome }) => outcome),
    ['internal_error', 'success'],
  );
});

test('invalid options are refused at creation with an error that says how to fix them', () => {
  const create = (options: object) => () => createWebhookHandler(options as WebhookHandlerOptions);
  const onExpired = () => {};
  assert.throws(create({ onExpired, store: 'memory' }), /`secret` must be the secret that Composio shows/);
  assert.throws(create({ onExpired, store: 'memory', secret: '' }), /`secret` must be the secret that Composio shows/);
  assert.throws(create({ onExpired, store: 'memory', secret: [] }), /`secret` must be the secret that Composio shows/);
  assert.throws(create({ secret: SECRET, store: 'memory' }), /`onExpired` must be a function/);
  assert.throws(
    create({ secret: SECRET, onExpired }),
    /`store` is missing\. Pass one that all instances share, .*'memory'/,
  );
  assert.throws(create({ secret: SECRET, onExpired, store: {} }), /`store` must have get, set/);
  assert.throws(
    create({ secret: SECRET, onExpired, onaudit: onExpired }),
    /unknown option `onaudit`\. Valid options: secret/,
  );
});
