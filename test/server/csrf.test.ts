import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createSessionToken, identifyBySessionToken } from '../../src/server.js';
import { ORIGIN, SECRET, startBackend } from './support/backend.js';

// Each refusal is a line in the log.
mock.method(console, 'warn', () => {});

const { createHandler, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

const CHANGES: readonly [method: string, path: string, body?: object][] = [
  ['POST', '/connected-accounts/link', { authConfigId: 'ac_slack' }],
  ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc' } }],
  ['PATCH', `/connected-accounts/${id}`, { enabled: false }],
  ['POST', `/connected-accounts/${id}/refresh`, {}],
  ['POST', `/connected-accounts/${id}/refresh`],
  ['DELETE', `/connected-accounts/${id}`],
  ['POST', '/callback', { connectedAccountId: id }],
];

/** Who sends a change, by what a browser says of its page. */
const FOREIGN: Record<string, Record<string, string | undefined>> = {
  'a page of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a page of another site, in a browser without Sec-Fetch': {
    origin: 'https://evil.example',
    'sec-fetch-site': undefined,
  },
  'the same host on another port': { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' },
  'the same host with https': { origin: 'https://localhost:3000', 'sec-fetch-site': 'same-site' },
  'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'an origin that begins with ours': { origin: `${ORIGIN}.evil.example`, 'sec-fetch-site': undefined },
  'our origin in capitals': { origin: ORIGIN.toUpperCase(), 'sec-fetch-site': undefined },
  'our origin with a slash': { origin: `${ORIGIN}/`, 'sec-fetch-site': undefined },
  'two origins': { origin: `${ORIGIN}, ${ORIGIN}`, 'sec-fetch-site': undefined },
  'an empty origin': { origin: '', 'sec-fetch-site': undefined },
  'a contradiction': { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  'a sibling, without Origin': { origin: undefined, 'sec-fetch-site': 'same-site' },
  'a navigation, without Origin': { origin: undefined, 'sec-fetch-site': 'none' },
  'another site, without Origin': { origin: undefined, 'sec-fetch-site': 'cross-site' },
  'nobody knows who': { origin: undefined, 'sec-fetch-site': undefined },
  'nobody knows who, with basic credentials': {
    origin: undefined,
    'sec-fetch-site': undefined,
    authorization: 'Basic YTpi',
  },
};

for (const [name, headers] of Object.entries(FOREIGN)) {
  test(`a change sent by ${name} is refused before anything is done`, async () => {
    let asked = 0;
    const handler = createHandler({
      identify: () => {
        asked += 1;
        return { userId: 'user_ada' };
      },
    });
    const before = emulator.requests.length;
    for (const [method, path, body] of CHANGES) {
      const { status, json } = await handler.send(method, path, { body, headers });
      assert.deepEqual([method, path, status, json.error.code], [method, path, 403, 'csrf_rejected']);
    }
    assert.deepEqual([asked, emulator.requests.length], [0, before]);
  });
}

for (const type of [
  'text/plain',
  'text/plain; charset=utf-8; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json-seq',
  'text/json',
  '',
  undefined,
]) {
  test(`a body of type "${type}" is refused`, async () => {
    const before = emulator.requests.length;
    for (const [method, path, body = {}] of CHANGES) {
      // A text body without a type is given one by Request, so bytes it is.
      const request = new Request(`${ORIGIN}/api/connect${path}`, {
        method,
        headers: { origin: ORIGIN, 'x-test-user': 'user_ada', ...(type !== undefined && { 'content-type': type }) },
        body: new TextEncoder().encode(JSON.stringify(body)),
      });
      const response = await createHandler().handle(request);
      const { error } = (await response.json()) as { error: { code: string } };
      assert.deepEqual([method, path, response.status, error.code], [method, path, 403, 'csrf_rejected']);
    }
    assert.equal(emulator.requests.length, before);
  });
}

for (const type of ['application/json', 'application/json;charset=utf-8', 'Application/JSON ; charset=UTF-8']) {
  test(`a body of type "${type}" is accepted`, async () => {
    const headers = { 'content-type': type };
    const body = { authConfigId: 'ac_github', allowMultiple: true };
    assert.equal((await createHandler().send('POST', '/connected-accounts/link', { body, headers })).status, 201);
  });
}

for (const [name, headers] of Object.entries({
  'Origin alone': { origin: ORIGIN, 'sec-fetch-site': undefined },
  'Sec-Fetch-Site alone': { origin: undefined, 'sec-fetch-site': 'same-origin' },
  both: { origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
})) {
  test(`the app's own page is recognized by ${name}`, async () => {
    const body = { authConfigId: 'ac_github', allowMultiple: true };
    assert.equal((await createHandler().send('POST', '/connected-accounts/link', { body, headers })).status, 201);
  });
}

test('only a page of an allowed origin may send changes', async () => {
  const handler = createHandler({ allowedOrigins: ['https://partner.example'] });
  const send = (origin: string) =>
    handler.send('POST', '/connected-accounts/link', {
      body: { authConfigId: 'ac_github', allowMultiple: true },
      headers: { origin, 'sec-fetch-site': 'cross-site' },
    });
  assert.equal((await send('https://partner.example')).status, 201);
  for (const origin of ['https://partner.example:8443', 'http://partner.example', 'https://a.partner.example']) {
    assert.equal((await send(origin)).status, 403);
  }
});

test('a client without a page needs a valid token instead of a cookie', async () => {
  const identifyToken = identifyBySessionToken(SECRET);
  const handler = createHandler({
    identify: (request) => (request.headers.has('cookie') ? { userId: 'user_cookie' } : identifyToken(request)),
  });
  const send = (authorization: string) =>
    handler.send('POST', '/connected-accounts/link', {
      body: { authConfigId: 'ac_github' },
      headers: { origin: undefined, 'sec-fetch-site': undefined, cookie: 'session=1', authorization },
    });
  const token = await createSessionToken({ userId: 'user_program' }, SECRET);
  const accepted = await send(`Bearer ${token}`);
  assert.equal(accepted.status, 201);
  assert.equal(emulator.accounts.get(accepted.json.id)?.userId, 'user_program');
  for (const bad of ['Bearer nonsense', 'Bearer ', `Bearer ${token}x`]) {
    const { status, json } = await send(bad);
    assert.deepEqual([bad, status, json.error.code], [bad, 403, 'csrf_rejected']);
  }
});

test('reads need no origin', async () => {
  const { status } = await createHandler().send('GET', `/connected-accounts/${id}`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  assert.equal(status, 200);
});
