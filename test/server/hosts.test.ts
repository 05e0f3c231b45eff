import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type ConnectHandlerOptions,
  createConnectHandler,
  createSessionToken,
  identifyBySessionToken,
} from '../../src/server.js';
import { createRequest, ORIGIN, SECRET, startBackend } from './support/backend.js';

const { composio, createHandler, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

const logOf = (context: TestContext, method: 'warn' | 'error') => {
  const { mock } = context.mock.method(console, method, () => {});
  return () => mock.calls.map(({ arguments: [line] }) => String(line));
};

test('a proxy that takes a prefix off is told by publicPath', async () => {
  const handler = createHandler({ publicPath: '/tools/api/connect' });
  const callbackUrl = `${ORIGIN}/tools/api/connect/callback?connect_attempt=abcdefgh`;
  const link = await handler.send('POST', '/connected-accounts/link', {
    body: { authConfigId: 'ac_slack', callbackUrl },
  });
  assert.equal(link.status, 201);
  await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_notion' } });
  for (const { body } of emulator.requests.filter(({ route }) => route === 'link.create')) {
    assert.ok(JSON.parse(body).callback_url.startsWith(`${ORIGIN}/tools/api/connect/callback?`));
  }
  const inner = { authConfigId: 'ac_slack', callbackUrl: `${ORIGIN}/api/connect/callback` };
  assert.equal((await handler.send('POST', '/connected-accounts/link', { body: inner })).status, 400);
});

test('identify sees the URL of the browser behind a proxy that rewrites Host and path', async () => {
  const origin = 'https://app.example.com';
  const urls: string[] = [];
  const byToken = identifyBySessionToken(SECRET);
  const handle = createConnectHandler({
    composio,
    identify: (request) => {
      urls.push(request.url);
      return byToken(request);
    },
    secret: SECRET,
    origin,
    publicPath: '/docs/api/connect',
    store: 'memory',
  });
  // A token that is narrowed to an origin, in a same-origin GET, which has no Origin header.
  const token = await createSessionToken({ userId: 'user_ada', origin }, SECRET);
  const headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': 'same-origin' };
  const response = await handle(new Request(`http://10.0.0.3:3000/api/connect/connected-accounts/${id}`, { headers }));
  assert.equal(response.status, 200);
  assert.deepEqual(urls, [`${origin}/docs/api/connect/connected-accounts/${id}`]);
});

test('identify is given the second argument of the handler', async () => {
  const handle = createConnectHandler({
    composio,
    identify: (_request, context: { user: string }) => ({ userId: context.user }),
    secret: SECRET,
    origin: ORIGIN,
  });
  const request = createRequest('GET', `/connected-accounts/${id}`, { as: null });
  assert.equal((await handle(request, { user: 'user_ada' })).status, 200);
  assert.equal((await handle(request.clone(), { user: 'user_grace' })).status, 404);
});

test('options may come from a function, which is called at the first request and again after it threw', async (context) => {
  const errors = logOf(context, 'error');
  let calls = 0;
  const handle = createConnectHandler(() => {
    calls += 1;
    if (calls === 1) throw new Error('COMPOSIO_API_KEY is not set');
    return {
      composio,
      identify: () => ({ userId: 'user_ada' }),
      secret: calls === 2 ? 'short' : SECRET,
      origin: ORIGIN,
    };
  });
  assert.equal(calls, 0, 'a build creates the handler without its secrets');
  const send = async () => (await handle(createRequest('GET', `/connected-accounts/${id}`))).status;
  assert.equal(await send(), 500);
  assert.equal(await send(), 500);
  assert.deepEqual(await Promise.all([send(), send()]), [200, 200]);
  assert.equal(await send(), 200);
  assert.equal(calls, 3);
  assert.match(errors()[0] ?? '', /COMPOSIO_API_KEY is not set/);
  assert.match(errors()[1] ?? '', /at least 32 bytes/);
});

test('simultaneous first requests share one call of the options function, which may be async', async () => {
  let calls = 0;
  const handle = createConnectHandler(async () => {
    calls += 1;
    return { composio, identify: () => ({ userId: 'user_ada' }), secret: SECRET, origin: ORIGIN };
  });
  const send = async () => (await handle(createRequest('GET', `/connected-accounts/${id}`))).status;
  assert.deepEqual(await Promise.all([send(), send()]), [200, 200]);
  assert.equal(calls, 1);
});

const REFUSED: Record<string, [headers: Record<string, string | undefined>, met: RegExp]> = {
  'another origin': [{ origin: 'https://evil.example' }, /Origin: "https:\/\/evil\.example"/],
  'a wrong `origin` option behind a proxy': [
    { origin: 'http://localhost:5173' },
    /expected Origin: "http:\/\/localhost:3000"/,
  ],
  'neither header': [{ origin: undefined, 'sec-fetch-site': undefined }, /Origin: none, Sec-Fetch-Site: none/],
  'another content type': [
    { 'content-type': 'text/plain' },
    /Content-Type: "text\/plain"\); expected Content-Type: application/,
  ],
  'a header with a line break in disguise': [{ origin: 'https://a\u0085b' }, /Origin: "https:\/\/a\?b"/],
};

for (const [name, [headers, met]] of Object.entries(REFUSED)) {
  test(`a change refused for ${name} is one line in the log that says what was met and expected`, async (context) => {
    const warnings = logOf(context, 'warn');
    const { status } = await createHandler().send('POST', '/connected-accounts/link', {
      body: { authConfigId: 'ac_slack', alias: 'CANARY' },
      headers: { authorization: undefined, cookie: 'session=CANARY', ...headers },
    });
    assert.equal(status, 403);
    assert.equal(warnings().length, 1);
    assert.match(warnings()[0] ?? '', met);
    assert.doesNotMatch(warnings()[0] ?? '', /CANARY|\n/);
  });
}

test('a refused preflight is one line in the log', async (context) => {
  const warnings = logOf(context, 'warn');
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' };
  assert.equal((await createHandler().send('OPTIONS', '/connected-accounts', { headers })).status, 403);
  assert.match(
    warnings().join('\n'),
    /^connect-account: refused OPTIONS .*"https:\/\/evil\.example".*`allowedOrigins`\.$/,
  );
});

test('a preflight from an allowed origin is answered with the headers that it asks for', async () => {
  const handler = createHandler({ allowedOrigins: ['https://partner.example'] });
  const { status, headers } = await handler.send('OPTIONS', '/connected-accounts', {
    headers: {
      origin: 'https://partner.example',
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,Baggage, traceparent,a b,',
    },
  });
  assert.equal(status, 204);
  assert.equal(headers.get('access-control-allow-headers'), 'authorization, content-type, baggage, traceparent');
});

test('a function of allowed origins allows only what it answers true for', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const errors = logOf(context, 'error');
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    'https://tenant.example': true,
    'https://promise.example': Promise.resolve(true),
    'https://truthy.example': 'yes',
  };
  const handler = createHandler({
    allowedOrigins: (origin) => {
      asked.push(origin);
      if (origin === 'https://throws.example') throw new Error('CANARY');
      return answers[origin] as boolean;
    },
  });
  const rename = async (origin: string) =>
    (
      await handler.send('PATCH', `/connected-accounts/${id}`, {
        body: { alias: 'home' },
        headers: { origin, 'sec-fetch-site': 'cross-site' },
      })
    ).status;
  assert.equal(await rename('https://tenant.example'), 200);
  for (const origin of [...Object.keys(answers).slice(1), 'https://throws.example', 'null', 'https://other.example']) {
    assert.equal(await rename(origin), 403, origin);
  }
  assert.ok(!asked.includes('null'));
  assert.match(errors()[0] ?? '', /`allowedOrigins` threw Error/);
  assert.doesNotMatch(errors().join(), /CANARY/);
});

const MISTAKES: Record<string, [change: object, fix: RegExp]> = {
  'a wildcard in the origin': [
    { origin: 'https://*.example.com' },
    /`origin` must be an origin without a path or wildcard/,
  ],
  'a wildcard in the allowed origins': [
    { allowedOrigins: ['https://*.example.com'] },
    /`allowedOrigins` must be an origin without a path or wildcard/,
  ],
  'a wildcard in the callback pages': [
    { callbackUrls: ['https://*.example.com/connected'] },
    /`callbackUrls` must name each page/,
  ],
  'a public path with a slash too many': [{ publicPath: '/tools/' }, /`publicPath` must start with a slash/],
};

for (const [name, [change, fix]] of Object.entries(MISTAKES)) {
  test(`${name} is refused at creation`, () => {
    const options = { composio, identify: () => null, secret: SECRET, ...change } as ConnectHandlerOptions;
    assert.throws(() => createConnectHandler(options), fix);
  });
}

test('a version of the SDK without a member that is needed is refused at creation, in words that name it', () => {
  const client = composio.getClient();
  const { link: _, ...rest } = Object.assign(Object.create(null), {
    link: client.link,
    connectedAccounts: client.connectedAccounts,
    authConfigs: client.authConfigs,
    toolkits: client.toolkits,
  });
  const options = { composio: { getClient: () => rest }, identify: () => null, secret: SECRET } as never;
  assert.throws(
    () => createConnectHandler(options),
    /`composio` has no `link\.create` in its client: install a version of @composio\/core/,
  );
});
