import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createConnection } from 'node:net';
import { after, test } from 'node:test';
import { createConnectHandler, toNodeListener } from '../../src/server.js';
import { SECRET, startBackend } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

const { composio, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

/** Serves the handler on a real socket, behind what a host may have put before it. */
async function serve(before: (request: IncomingMessage, response: ServerResponse) => unknown = () => {}) {
  const listener = toNodeListener(
    createConnectHandler({ composio, identify: () => ({ userId: 'user_ada' }), secret: SECRET }),
  );
  const server = createServer(async (request, response) => {
    await before(request, response);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  after(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const plain = await serve();
const send = (origin: string, path: string, body: BodyInit, headers = {}) =>
  fetch(`${origin}/api/connect${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });

test('reads and changes go through a real server', async () => {
  const read = await fetch(`${plain}/api/connect/connected-accounts/${id}?userId=user_ada`);
  assert.deepEqual([read.status, read.headers.get('cache-control')], [200, 'no-store']);
  assert.equal(((await read.json()) as { id: string }).id, id);
  const link = await send(plain, '/connected-accounts/link', JSON.stringify({ authConfigId: 'ac_slack' }));
  assert.equal(link.status, 201);
});

test('a POST without a body, and a DELETE, go through', async () => {
  const account = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const url = `${plain}/api/connect/connected-accounts/${account.id}`;
  assert.equal((await fetch(`${url}/refresh`, { method: 'POST', headers: { origin: plain } })).status, 200);
  assert.equal((await fetch(url, { method: 'DELETE', headers: { origin: plain } })).status, 200);
});

test('multi-byte text that arrives in several chunks is read correctly', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ authConfigId: 'ac_notion', alias: 'Zweites Büro ✓' }));
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const { status, json } = await send(plain, '/connected-accounts/link', body).then(async (answer) => ({
    status: answer.status,
    json: (await answer.json()) as { id: string },
  }));
  assert.equal(status, 201);
  assert.equal(emulator.accounts.get(json.id)?.alias, 'Zweites Büro ✓');
});

test('a body over the limit is 413, with or without a Content-Length', async () => {
  const big = `{"pad":"${'x'.repeat(70_000)}"}`;
  assert.equal((await send(plain, '/connected-accounts/link', big)).status, 413);
  const { status, connection } = await new Promise<{ status: number | undefined; connection: string | undefined }>(
    (resolve, reject) => {
      const headers = { origin: plain, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
      const outgoing = httpRequest(`${plain}/api/connect/connected-accounts/link`, { method: 'POST', headers });
      outgoing.on('response', (response) => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      // Never ended: the answer must not wait for the end.
      outgoing.write(big);
    },
  );
  assert.deepEqual([status, connection], [413, 'close']);
});

test('a client that disconnects does not affect the server', async () => {
  await new Promise<void>((resolve) => {
    const headers = { origin: plain, 'content-type': 'application/json', 'content-length': '100' };
    const outgoing = httpRequest(`${plain}/api/connect/connected-accounts/link`, { method: 'POST', headers });
    outgoing.on('error', () => resolve());
    outgoing.write('{"half":', () => outgoing.destroy(new Error('gone')));
  });
  assert.equal((await fetch(`${plain}/api/connect/callback`)).status, 200);
});

test('the listener works in Express, which removes the mount path from `url`', async () => {
  const origin = await serve((request) => {
    const whole = request.url ?? '';
    Object.assign(request, { originalUrl: whole, url: whole.replace('/api/connect', '') });
  });
  assert.equal((await fetch(`${origin}/api/connect/callback`)).status, 200);
});

test('the listener works after a body parser that has read the body', async () => {
  const origin = await serve(async (request) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    Object.assign(request, { body: JSON.parse(Buffer.concat(chunks).toString() || '{}') });
  });
  const link = await send(origin, '/connected-accounts/link', JSON.stringify({ authConfigId: 'ac_googlecalendar' }));
  assert.equal(link.status, 201);
});

test('a body that a middleware has read and dropped is 500 with the fix in the log', async (context) => {
  const { mock } = context.mock.method(console, 'error', () => {});
  const origin = await serve(async (request) => {
    for await (const _ of request);
  });
  const link = await send(origin, '/connected-accounts/link', JSON.stringify({ authConfigId: 'ac_slack' }));
  assert.equal(link.status, 500);
  assert.match(String(mock.calls[0]?.arguments[0]), /mount the handler before the body parser/);
});

test('the listener removes the COOP header and replaces the policy that a middleware set for the whole app', async () => {
  const origin = await serve((_, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Content-Security-Policy', "default-src 'self'");
  });
  const { headers } = await fetch(`${origin}/api/connect/callback`);
  assert.equal(headers.get('cross-origin-opener-policy'), null);
  assert.match(
    headers.get('content-security-policy') ?? '',
    /^default-src 'none'; script-src 'self'; style-src 'sha256-/,
  );
});

test('a foreign Host header does not count as a loopback address', async (context) => {
  context.mock.method(console, 'error', () => {});
  const status = await new Promise((resolve) => {
    httpRequest(`${plain}/api/connect/callback`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  assert.equal(status, 500);
});

test("a method that fetch does not support and a malformed Host are 400 in the protocol's envelope", async () => {
  const { port } = new URL(plain);
  for (const options of [{ method: 'TRACE' }, { headers: { host: 'a b' } }]) {
    const [status, type, text] = await new Promise<[number | undefined, string | undefined, string]>(
      (resolve, reject) => {
        const asked = httpRequest({ host: 'localhost', port, path: '/api/connect/callback', ...options });
        asked.on('error', reject).end();
        asked.on('response', async (response) => {
          const chunks = await response.toArray();
          resolve([response.statusCode, response.headers['content-type'], Buffer.concat(chunks).toString()]);
        });
      },
    );
    assert.deepEqual([status, type], [400, 'application/json; charset=utf-8']);
    assert.equal(JSON.parse(text).error.code, 'invalid_request');
  }
});

test('a handler that rejects is 500, and a value that is not a handler is refused at once', async () => {
  const listener = toNodeListener(() => Promise.reject(new Error('the host')));
  const server = createServer(listener).listen(0, 'localhost');
  after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  assert.equal((await fetch(`http://localhost:${port}/`)).status, 500);
  assert.throws(() => toNodeListener(undefined as never), /pass the handler that createConnectHandler returned/);
});

for (const path of ['//evil.example/api/connect/callback', 'http://evil.example/api/connect/callback', '*']) {
  test(`a request line with ${path} gets an error response`, async (context) => {
    context.mock.method(console, 'error', () => {});
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(plain);
      httpRequest({ host: 'localhost', port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.ok(status !== undefined && status >= 400 && status < 600, String(status));
  });
}

test('200 equal link requests that come one by one over the network share one link of a fast upstream', async () => {
  const accounts: unknown[] = [];
  let links = 0;
  const fast = fakeComposio({
    list: () => ({ items: accounts, total_pages: 1 }),
    link: () => {
      links += 1;
      accounts.push(wireAccount({ status: 'INITIATED' }));
      const expiry = new Date(Date.now() + 600_000).toISOString();
      return { connected_account_id: 'ca_1', redirect_url: 'https://connect.example/lk_1', expires_at: expiry };
    },
  });
  const server = createServer(
    toNodeListener(createConnectHandler({ composio: fast, identify: () => ({ userId: 'user_ada' }), secret: SECRET })),
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  after(() => server.close());
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const body = JSON.stringify({ authConfigId: 'ac_github', bindingChallenge: 'c'.repeat(43) });
  const answers = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const answer = await send(origin, '/connected-accounts/link', body);
      return `${answer.status} ${((await answer.json()) as { id?: string }).id}`;
    }),
  );
  assert.deepEqual([new Set(answers), links], [new Set(['201 ca_1']), 1]);
});

test('a request line with the whole URL is served (RFC 9112 3.2.2)', async () => {
  const { port } = new URL(plain);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest({ host: 'localhost', port, path: `${plain}/api/connect/callback/` }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 200);
});

test('a client on another machine that writes Host: localhost is not taken for this machine', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const origin = await serve((request) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: '203.0.113.9' });
  });
  assert.equal((await fetch(`${origin}/api/connect/callback`)).status, 500);
  assert.match(String(log.mock.calls[0]?.arguments[0]), /set the option `origin`/);
});

test('a change is refused before its body is read', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json', 'content-length': '100' };
    const outgoing = httpRequest(`${plain}/api/connect/connected-accounts/link`, { method: 'POST', headers });
    outgoing.on('response', ({ statusCode }) => {
      resolve(statusCode);
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    // The body never comes.
    outgoing.flushHeaders();
  });
  assert.equal(answer, 403);
});

const LINK = JSON.stringify({ authConfigId: 'ac_slack' });

/** What body parsers and platforms leave of a body that they have read. */
const KEPT: Record<string, (bytes: Buffer) => object> = {
  'an object (express.json)': (bytes) => ({ body: JSON.parse(bytes.toString()) }),
  'a string (express.text)': (bytes) => ({ body: bytes.toString() }),
  'bytes (express.raw)': (bytes) => ({ body: bytes }),
  'an object beside the bytes (Cloud Functions)': (bytes) => ({ body: JSON.parse(bytes.toString()), rawBody: bytes }),
};

for (const [name, keep] of Object.entries(KEPT)) {
  test(`a body that a middleware left as ${name} is found`, async () => {
    const origin = await serve(async (request) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      Object.assign(request, keep(Buffer.concat(chunks)));
    });
    const link = await send(origin, '/connected-accounts/link', LINK);
    assert.equal(link.status, 201, await link.text());
  });
}

test('a DELETE passes behind a parser that leaves an empty object for it', async () => {
  const account = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const origin = await serve(async (request) => {
    for await (const _ of request);
    Object.assign(request, { body: {} });
  });
  const url = `${origin}/api/connect/connected-accounts/${account.id}`;
  assert.equal((await fetch(url, { method: 'DELETE', headers: { origin } })).status, 200);
});

test('identify is given the request of Node, with what the host put on it', async () => {
  const listener = toNodeListener(
    createConnectHandler({
      composio,
      identify: (_request, { incoming }: { incoming: IncomingMessage & { user?: string } }) =>
        incoming.user === undefined ? null : { userId: incoming.user },
      secret: SECRET,
    }),
  );
  const server = createServer((request, response) => listener(Object.assign(request, { user: 'user_ada' }), response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  after(() => server.close());
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  assert.equal((await fetch(`${origin}/api/connect/connected-accounts/${id}`)).status, 200);
});

test('HTTP/2 requests are served, with and without a body', async () => {
  const listener = toNodeListener(
    createConnectHandler({ composio, identify: () => ({ userId: 'user_ada' }), secret: SECRET }),
  );
  const server = createHttp2Server(listener).listen(0, 'localhost');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const session = connect(origin);
  after(() => {
    session.close();
    server.close();
  });
  const send = (method: string, path: string, body = '', headers = {}) =>
    new Promise<number>((resolve, reject) => {
      const endStream = body === '';
      const asked = { ':method': method, ':path': `/api/connect${path}`, ...headers };
      const stream = session.request(asked, { endStream });
      stream.on('response', (answer) => resolve(Number(answer[':status'])));
      stream.on('error', reject);
      stream.resume();
      if (!endStream) stream.end(body);
    });
  const write = { origin, 'content-type': 'application/json' };
  assert.equal(await send('GET', '/callback'), 200);
  assert.equal(await send('POST', '/connected-accounts/link', LINK, write), 201);
  assert.equal(await send('POST', '/connected-accounts/link', `{"pad":"${'x'.repeat(70_000)}"}`, write), 413);
  const account = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  assert.equal(await send('DELETE', `/connected-accounts/${account.id}`, '', { origin }), 200);
});

test('300 half-open POSTs hold no memory for the bodies that do not come', async () => {
  const { port } = new URL(plain);
  const head = [
    'POST /api/connect/connected-accounts/link HTTP/1.1',
    `Host: localhost:${port}`,
    `Origin: ${plain}`,
    'Content-Type: application/json',
    'Content-Length: 60000',
    '',
    '{',
  ].join('\r\n');
  const before = process.memoryUsage().arrayBuffers;
  const sockets = await Promise.all(
    Array.from({ length: 300 }, async () => {
      const socket = createConnection({ port: Number(port), host: 'localhost' });
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(head);
      return socket;
    }),
  );
  // Served after the others, so they have been read.
  assert.equal((await fetch(`${plain}/api/connect/callback`)).status, 200);
  const held = process.memoryUsage().arrayBuffers - before;
  for (const socket of sockets) socket.destroy();
  // 300 buffers of 64 KB would be 20 MB.
  assert.ok(held < 5_000_000, `${held} bytes`);
});

test('the Host header does not change the path of the request', async () => {
  const { port } = new URL(plain);
  for (const [host, path] of [
    [`localhost:${port}/api/connect/callback?x=`, '/public'],
    [`localhost:${port}#`, '/public'],
    [`user@localhost:${port}`, '/api/connect/callback'],
  ]) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: 'localhost', port, path, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 400, host);
  }
});
