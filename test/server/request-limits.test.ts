import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequest, ORIGIN, startBackend } from './support/backend.js';

const { createHandler, emulator } = await startBackend();
const handler = createHandler();
const LINK = '/connected-accounts/link';

/** JSON of exactly so many bytes. */
const jsonOf = (bytes: number) => `{"authConfigId":"ac_github","pad":"${'x'.repeat(bytes - 37)}"}`;

test('a body of 64 KB is accepted and one byte more is 413', async () => {
  assert.equal(Buffer.byteLength(jsonOf(65_536)), 65_536);
  assert.equal((await handler.send('POST', LINK, { body: jsonOf(65_536) })).status, 201);
  const { status, json } = await handler.send('POST', LINK, { body: jsonOf(65_537) });
  assert.deepEqual([status, json.error.code], [413, 'invalid_request']);
});

test('an endless body is read only up to the limit', async () => {
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1024;
      controller.enqueue(new Uint8Array(1024).fill(120));
    },
  });
  const headers = { origin: ORIGIN, 'content-type': 'application/json', 'x-test-user': 'user_ada' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const response = await handler.handle(new Request(`${ORIGIN}/api/connect${LINK}`, init));
  assert.equal(response.status, 413);
  assert.ok(pulled < 70_000, `${pulled} bytes read`);
});

test('a body with a Content-Length over the limit is not read', async () => {
  const headers = { 'content-length': '70000' };
  assert.equal((await handler.send('POST', LINK, { body: '{}', headers })).status, 413);
});

test('an incomplete body is 400 and is not logged as a server error', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('CANARY')) });
  const headers = { origin: ORIGIN, 'content-type': 'application/json', 'x-test-user': 'user_ada' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const response = await handler.handle(new Request(`${ORIGIN}/api/connect${LINK}`, init));
  assert.equal(response.status, 400);
  assert.equal(log.mock.callCount(), 0);
});

test('a body that the host has already read is 500, and the log says how to fix it', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const request = createRequest('POST', LINK, { body: { authConfigId: 'ac_github' } });
  await request.text();
  assert.equal((await handler.handle(request)).status, 500);
  assert.match(String(log.mock.calls[0]?.arguments[0]), /read before; pass `request\.clone\(\)` to the handler/);
});

test('a client that is not signed in gets a 401 whatever is wrong with the body', async () => {
  for (const body of ['{', '[]', '{"__proto__":1}', '{"authConfigId":7}', '{"userId":7}']) {
    const { status, json } = await handler.send('POST', LINK, { as: null, body });
    assert.deepEqual([body, status, json.error.code], [body, 401, 'unauthorized']);
  }
});

const BODIES: Record<string, string | Uint8Array<ArrayBuffer>> = {
  'no JSON': '{',
  'half a JSON': '{"authConfigId":"ac_git',
  'a list': '[]',
  'a text': '"ac_github"',
  null: 'null',
  'a number': '7',
  'no UTF-8': Buffer.from('{"authConfigId":"ac_github","alias":"\xff"}', 'latin1'),
  nothing: '',
  'an auth config that is no text': '{"authConfigId":7}',
  'an auth config that is empty': '{"authConfigId":""}',
  'no auth config': '{"alias":"a"}',
  'a key __proto__': '{"authConfigId":"ac_github","__proto__":{"allowMultiple":true}}',
  'a key __proto__ below': '{"authConfigId":"ac_github","connectionData":{"__proto__":"x"}}',
  'a key constructor': '{"authConfigId":"ac_github","connectionData":{"constructor":"x"}}',
  'a key prototype': '{"authConfigId":"ac_github","a":[{"prototype":1}]}',
  'an escaped key __proto__': '{"authConfigId":"ac_github","\\u005f_proto__":1}',
  'a flag that is a text': '{"authConfigId":"ac_github","allowMultiple":"true"}',
  'an alias that is null': '{"authConfigId":"ac_github","alias":null}',
  'data that is null': '{"authConfigId":"ac_zendesk","connectionData":null}',
  'data that is a list': '{"authConfigId":"ac_zendesk","connectionData":["acme"]}',
  'data that is a number': '{"authConfigId":"ac_zendesk","connectionData":{"subdomain":7}}',
  'a challenge that is none': '{"authConfigId":"ac_github","bindingChallenge":"abc"}',
  'a callback that is no text': '{"authConfigId":"ac_github","callbackUrl":{}}',
};

for (const [name, body] of Object.entries(BODIES)) {
  test(`a body of ${name} is 400`, async () => {
    const before = emulator.requests.length;
    const headers = { origin: ORIGIN, 'content-type': 'application/json', 'x-test-user': 'user_ada' };
    const response = await handler.handle(
      new Request(`${ORIGIN}/api/connect${LINK}`, { method: 'POST', headers, body }),
    );
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code, emulator.requests.length], [400, 'invalid_request', before]);
  });
}

for (const [method, path, allow] of [
  ['PUT', '/connected-accounts', 'POST, GET'],
  ['POST', '/auth-configs', 'GET'],
  ['DELETE', '/connected-accounts', 'POST, GET'],
  ['PUT', '/connected-accounts/ca_1', 'GET, PATCH, DELETE'],
  ['GET', '/connected-accounts/ca_1/refresh', 'POST'],
  ['DELETE', '/callback', 'GET, POST'],
  ['OPTIONS', '/callback', 'GET, POST'],
] as const) {
  test(`${method} ${path} is 405 and lists the allowed methods`, async () => {
    const { status, json, headers } = await handler.send(method, path);
    assert.deepEqual([status, json.error.code, headers.get('allow')], [405, 'invalid_request', allow]);
  });
}

test('HEAD is served as GET', async () => {
  for (const [path, options, status] of [
    ['/callback', {}, 200],
    ['/connected-accounts', {}, 200],
    ['/connected-accounts', { as: null }, 401],
    ['/connected-accounts/link', {}, 404],
    ['/connected-accounts/ca_1/refresh', {}, 405],
  ] as const) {
    assert.equal((await handler.handle(createRequest('HEAD', path, options))).status, status, path);
  }
});

for (const path of ['', '/', '/nothing', '/connected-accounts/ca_1/other', '/connected-accounts//', '//callback']) {
  test(`the path "${path}" is 404`, async () => {
    const { status, json } = await handler.send('GET', path);
    assert.deepEqual([status, json.error.code], [404, 'not_found']);
  });
}

test('a path outside the base path is 404', async () => {
  const response = await handler.handle(new Request(`${ORIGIN}/api/connected/callback`));
  assert.equal(response.status, 404);
});

test('the base path is configurable and may be the root', async () => {
  for (const basePath of ['/', '/a/b-c']) {
    const { handle } = createHandler({ basePath });
    const response = await handle(new Request(`${ORIGIN}${basePath === '/' ? '' : basePath}/callback`));
    assert.equal(response.status, 200);
  }
});

test('every response is sent with no-store and nosniff', async () => {
  for (const path of ['/connected-accounts', '/nothing', '/callback']) {
    const { headers } = await handler.send('GET', path);
    assert.deepEqual([headers.get('cache-control'), headers.get('x-content-type-options')], ['no-store', 'nosniff']);
  }
});

test('every error has its own id', async () => {
  const ids = await Promise.all(
    [1, 2, 3].map(async () => (await handler.send('GET', '/nothing')).json.error.requestId),
  );
  assert.equal(new Set(ids).size, 3);
});
