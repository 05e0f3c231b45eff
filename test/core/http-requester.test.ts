import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpRequester, type HttpRequesterOptions } from '../../src/core/http/http-requester.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { FakeClock, until } from '../support/fake-clock.js';
import { ScriptedFetch } from '../support/scripted-fetch.js';

function setUp(more: Partial<HttpRequesterOptions> = {}) {
  const backend = new ScriptedFetch();
  const clock = new FakeClock();
  const options = { endpoint: 'https://app.example.com/api/connect', fetch: backend.fetch, clock, ...more };
  return { backend, clock, http: new HttpRequester(options) };
}

/** Returns the error with which a promise rejects. */
async function failureOf(promise: Promise<unknown>): Promise<ConnectError> {
  const thrown = await promise.then(
    () => assert.fail('It was to fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(thrown instanceof ConnectError, String(thrown));
  return thrown;
}

describe('requests', () => {
  test('a read requests {endpoint}{path}?{query} without empty parameters', async () => {
    const { backend, http } = setUp({ endpoint: 'https://app.example.com/api/connect//' });
    backend.json({ items: [] }, { headers: { Date: 'Sun, 01 Mar 2026 12:00:00 GMT' } });
    const answer = await http.read('/auth-configs', { ids: 'a,b', userId: 'user 1', cursor: undefined, q: '' }, {});
    assert.deepEqual(answer, { body: { items: [] }, date: 'Sun, 01 Mar 2026 12:00:00 GMT' });
    assert.equal(backend.requests[0]?.url, 'https://app.example.com/api/connect/auth-configs?ids=a%2Cb&userId=user+1');
    assert.equal(backend.requests[0]?.init.method, 'GET');
    assert.equal(backend.header(0, 'Accept'), 'application/json');
    assert.equal(backend.header(0, 'Authorization'), null);
    assert.equal(backend.requests[0]?.init.cache, 'no-store');
  });

  test('a write sends JSON with its content type', async () => {
    const { backend, http } = setUp();
    backend.json({});
    await http.write('POST', '/connected-accounts/link', { userId: 'user_1' }, {});
    assert.equal(backend.requests[0]?.init.body, '{"userId":"user_1"}');
    assert.equal(backend.header(0, 'Content-Type'), 'application/json');
  });

  test('a delete sends no body and no content type', async () => {
    const { backend, http } = setUp();
    backend.json({});
    await http.remove('/connected-accounts/ca_1', { userId: 'user_1' }, {});
    assert.equal(backend.requests[0]?.init.method, 'DELETE');
    assert.equal(backend.requests[0]?.init.body, undefined);
    assert.equal(backend.header(0, 'Content-Type'), null);
  });

  for (const [endpoint, pageUrl, credentials] of [
    ['/api/connect', 'https://app.example.com/settings', 'same-origin'],
    ['https://app.example.com/x', 'https://app.example.com/settings', 'same-origin'],
    ['https://api.example.com/x', 'https://app.example.com/settings', 'include'],
    ['https://app.example.com:8443/x', 'https://app.example.com/settings', 'include'],
    ['//api.example.com/x', 'https://app.example.com/settings', 'include'],
  ] as const) {
    test(`a request from ${pageUrl} to ${endpoint} has credentials: ${credentials}`, async () => {
      const { backend, http } = setUp({ endpoint, pageUrl });
      backend.json({});
      await http.read('/auth-configs', {}, {});
      assert.equal(backend.requests[0]?.init.credentials, credentials);
    });
  }
});

describe('failed responses', () => {
  for (const [name, body] of [
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['truncated JSON', '{"items": ['],
    ['more than 2 MB', JSON.stringify('x'.repeat(2_100_000))],
  ] as const) {
    test(`a response of ${name} with status 200 is invalid_response`, async () => {
      const { backend, http } = setUp();
      backend.respond(body);
      const failure = await failureOf(http.read('/auth-configs', {}, {}));
      assert.deepEqual([failure.code, failure.info.status, backend.requests.length], ['invalid_response', 200, 1]);
    });
  }

  test("a network failure is network_error without the platform's text", async () => {
    const { backend, http } = setUp();
    backend.fail();
    const failure = await failureOf(http.read('/auth-configs', {}, { retries: 0 }));
    assert.deepEqual(
      { ...failure.info },
      {
        code: 'network_error',
        message: 'The backend could not be reached.',
        retryable: true,
      },
    );
  });

  test('a request without a response within 30 s is aborted and is timeout', async () => {
    const { backend, clock, http } = setUp();
    backend.hang();
    const failing = failureOf(http.write('POST', '/connected-accounts/link', {}, {}));
    await clock.advance(29_999);
    assert.equal(backend.requests[0]?.init.signal?.aborted, false);
    await clock.advance(1);
    assert.equal((await failing).code, 'timeout');
    assert.equal(backend.requests[0]?.init.signal?.aborted, true);
    assert.equal(clock.timers, 0);
  });
});

describe('retries', () => {
  test('a read that fails temporarily is retried twice with growing delays', async () => {
    const { backend, clock, http } = setUp();
    backend.fail().respond('', { status: 503 }).json({ items: [] });
    const reading = http.read('/auth-configs', {}, {});
    await clock.advance(299);
    assert.equal(backend.requests.length, 1);
    await clock.advance(301);
    assert.equal(backend.requests.length, 2);
    await clock.advance(1200);
    assert.deepEqual((await reading).body, { items: [] });
    assert.equal(clock.timers, 0);
  });

  test('a read is not retried more than twice', async () => {
    const { backend, clock, http } = setUp();
    backend.fail().fail().fail();
    const failing = failureOf(http.read('/auth-configs', {}, {}));
    await clock.advance(60_000);
    assert.equal((await failing).code, 'network_error');
    assert.equal(backend.requests.length, 3);
  });

  test('a retry waits as long as Retry-After says', async () => {
    const { backend, clock, http } = setUp();
    backend.respond('', { status: 429, headers: { 'Retry-After': '20' } }).json({});
    const reading = http.read('/auth-configs', {}, {});
    await clock.advance(19_999);
    assert.equal(backend.requests.length, 1);
    await clock.advance(1);
    await reading;
  });

  test('a read is retried no more than its options say', async () => {
    const { backend, http } = setUp();
    backend.respond('', { status: 502 });
    await failureOf(http.read('/auth-configs', {}, { retries: 0 }));
    assert.equal(backend.requests.length, 1);
  });

  test('the first of many retries waits as long as the first of two', async () => {
    const { backend, clock, http } = setUp();
    backend.fail().json({});
    const reading = http.read('/auth-configs', {}, { retries: 6 });
    await clock.advance(299);
    assert.equal(backend.requests.length, 1);
    await clock.advance(301);
    await reading;
  });

  for (const status of [400, 401, 403, 404, 409, 422]) {
    test(`a read that got ${status} is not retried`, async () => {
      const { backend, http } = setUp();
      backend.respond('', { status });
      await failureOf(http.read('/auth-configs', {}, {}));
      assert.equal(backend.requests.length, 1);
    });
  }

  for (const send of ['POST', 'PATCH', 'DELETE'] as const) {
    test(`a ${send} is never retried, not even after a network failure`, async () => {
      const { backend, clock, http } = setUp();
      backend.fail();
      const sending = send === 'DELETE' ? http.remove('/x', {}, {}) : http.write(send, '/x', {}, {});
      await failureOf(sending);
      await clock.advance(60_000);
      assert.equal(backend.requests.length, 1);
    });
  }
});

describe('aborts', () => {
  test('an abort before the request sends nothing', async () => {
    const { backend, http } = setUp();
    const reason = new Error('gone');
    await assert.rejects(http.read('/x', {}, { signal: AbortSignal.abort(reason) }), reason);
    assert.equal(backend.requests.length, 0);
  });

  test('an abort during the request rejects with its reason and leaves no timer', async () => {
    const { backend, clock, http } = setUp();
    backend.hang();
    const controller = new AbortController();
    const reading = http.read('/x', {}, { signal: controller.signal });
    await until(() => backend.requests.length === 1);
    controller.abort(new Error('element removed'));
    await assert.rejects(reading, /element removed/);
    assert.equal(clock.timers, 0);
  });

  test('a request leaves no listener on a signal that lives on', async () => {
    const { backend, http } = setUp();
    backend.json({});
    const { signal } = new AbortController();
    const left = new Set<unknown>();
    signal.addEventListener = (_: string, listener: unknown) => void left.add(listener);
    signal.removeEventListener = (_: string, listener: unknown) => void left.delete(listener);
    await http.read('/x', {}, { signal });
    assert.equal(left.size, 0);
  });

  test('an abort between two tries ends the wait', async () => {
    const { backend, clock, http } = setUp();
    backend.fail();
    const controller = new AbortController();
    const reading = http.read('/x', {}, { signal: controller.signal });
    await clock.advance(100);
    controller.abort(new Error('element removed'));
    await assert.rejects(reading, /element removed/);
    assert.deepEqual([backend.requests.length, clock.timers], [1, 0]);
  });
});
