import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequest, startBackend } from './support/backend.js';

const { createHandler, emulator } = await startBackend();
const handler = createHandler();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

/** A class with the members of `Request`, which `new Request(it)` refuses, like those of srvx and Azure Functions. */
class ForeignRequest {
  readonly #request: Request;
  constructor(request: Request) {
    this.#request = request;
  }
  get method(): string {
    return this.#request.method;
  }
  get url(): string {
    return this.#request.url;
  }
  get headers(): unknown {
    return this.#request.headers;
  }
  get body(): unknown {
    return this.#request.body;
  }
  get bodyUsed(): boolean {
    return this.#request.bodyUsed;
  }
  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#request.arrayBuffer();
  }
}

/** A class whose headers have only the methods, and whose body only `arrayBuffer`. */
class OldRequest extends ForeignRequest {
  override get headers() {
    const headers = super.headers as Headers;
    return {
      get: (name: string) => headers.get(name),
      forEach: (visit: (value: string, name: string) => void) => {
        for (const [name, value] of headers) visit(value, name);
      },
    };
  }
  override get body(): unknown {
    return undefined;
  }
}

const withoutStream = (request: Request, body: unknown) => {
  const { method, url } = request;
  return { method, url, headers: { ...Object.fromEntries(request.headers), 'content-length': '1' }, body };
};

const LINK = { authConfigId: 'ac_slack' };

/** Requests of other runtimes, each made of one of the platform. */
const CLASSES: Record<string, (request: Request) => unknown> = {
  'a class of its own': (request) => new ForeignRequest(request),
  'a class without iterable headers and without a stream': (request) => new OldRequest(request),
  'a plain object with a parsed body': (request) => withoutStream(request, request.method === 'GET' ? undefined : LINK),
  'a plain object with a text': (request) =>
    withoutStream(request, request.method === 'GET' ? undefined : JSON.stringify(LINK)),
  'a plain object with bytes': (request) =>
    withoutStream(request, request.method === 'GET' ? undefined : new TextEncoder().encode(JSON.stringify(LINK))),
  'a plain object with chunks': (request) =>
    withoutStream(request, request.method === 'GET' ? undefined : chunks(JSON.stringify(LINK))),
};

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte);
}

for (const [name, convert] of Object.entries(CLASSES)) {
  test(`a request that is ${name} is read by its members`, async (context) => {
    context.mock.method(console, 'warn', () => {});
    const read = await handler.handle(createRequest('GET', `/connected-accounts/${id}`));
    assert.equal(read.status, 200);
    const get = createRequest('GET', `/connected-accounts/${id}`);
    assert.equal((await handler.handle(convert(get) as Request)).status, 200);
    const post = createRequest('POST', '/connected-accounts/link', { body: LINK });
    const link = await handler.handle(convert(post) as Request);
    assert.equal(link.status, 201, await link.text());
    const foreign = createRequest('POST', '/connected-accounts/link', {
      body: LINK,
      headers: { origin: 'https://evil.example' },
    });
    assert.equal((await handler.handle(convert(foreign) as Request)).status, 403);
  });
}

test('a body over the limit is 413 in every place where it may be', async () => {
  const body = { pad: 'x'.repeat(70_000) };
  const request = createRequest('POST', '/connected-accounts/link', { body: LINK });
  for (const kept of [body, JSON.stringify(body), chunks(JSON.stringify(body))]) {
    assert.equal((await handler.handle(withoutStream(request, kept) as never)).status, 413);
  }
});

test('a value that is no request is 500 with the fix in the log', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const values = [undefined, {}, { method: 'GET', url: '/api/connect/callback', headers: {} }];
  for (const value of values) {
    const { handle } = createHandler({ onAudit: () => {} });
    // The contract of the answer is judged by the URL, which these have not.
    const response = await handle(value as never).catch(() => null);
    assert.ok(response === null || response.status === 500);
  }
  const lines = log.mock.calls.map(({ arguments: [line] }) => String(line));
  assert.equal(lines.filter((line) => line.includes('toNodeListener(handler)')).length, values.length);
});

for (const path of [
  '/auth-configs/?ids=ac_github',
  '/connected-accounts/',
  `/connected-accounts/${id}/`,
  '/callback/',
]) {
  test(`the slash at the end of ${path.split('?')[0]} changes nothing`, async () => {
    assert.equal((await handler.send('GET', path)).status, 200);
  });
}

test('a change of a path with a slash at its end is served too', async () => {
  const { status } = await handler.send('POST', '/connected-accounts/link/', { body: LINK });
  assert.equal(status, 201);
  assert.equal((await handler.send('PATCH', `/connected-accounts/${id}/`, { body: { alias: 'slash' } })).status, 200);
});

test('HEAD has the headers of GET and no body', async () => {
  const [head, get] = await Promise.all(
    ['HEAD', 'GET'].map((method) => handler.handle(createRequest(method, '/callback/'))),
  );
  assert.equal(head?.status, 200);
  assert.equal(head?.headers.get('content-security-policy'), get?.headers.get('content-security-policy'));
  assert.equal(await head?.text(), '');
});
