import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SessionTokenSource, SessionTokens } from '../../src/core/http/session-tokens.js';
import { ConnectError } from '../../src/core/model/connect-error.js';

/** A token function, as a page provides it, that counts its calls. */
function countingSource() {
  const source = Object.assign(async () => `token-${++source.calls}`, { calls: 0 });
  return source;
}

const isUnauthorized = (error: unknown) =>
  error instanceof ConnectError && error.code === 'unauthorized' && !JSON.stringify(error.info).includes('s3cret');

test('there is no token without a source', async () => {
  assert.equal(await new SessionTokens(() => undefined).current(), undefined);
});

test('a string is the token and cannot be renewed', async () => {
  const tokens = new SessionTokens(() => 'abc.def');
  assert.equal(await tokens.current(), 'abc.def');
  assert.equal(tokens.isRenewable, false);
});

test('a function is called once for any number of simultaneous requests', async () => {
  const source = countingSource();
  const tokens = new SessionTokens(() => source);
  assert.deepEqual(await Promise.all([tokens.current(), tokens.current()]), ['token-1', 'token-1']);
  assert.equal(await tokens.current(), 'token-1');
  assert.equal(source.calls, 1);
});

test('a function may return the token synchronously', async () => {
  assert.equal(await new SessionTokens(() => () => 'immediate').current(), 'immediate');
});

test('a function is called again when its token was refused', async () => {
  const source = countingSource();
  const tokens = new SessionTokens(() => source);
  await tokens.current();
  assert.equal(await tokens.renew('token-1'), 'token-2');
  assert.equal(await tokens.current(), 'token-2');
});

test('requests that were refused together renew the token once', async () => {
  const source = countingSource();
  const tokens = new SessionTokens(() => source);
  await tokens.current();
  assert.deepEqual(await Promise.all([tokens.renew('token-1'), tokens.renew('token-1')]), ['token-2', 'token-2']);
  assert.equal(await tokens.renew('token-1'), 'token-2');
  assert.equal(source.calls, 2);
});

test('the source is read on each use, because a framework passes another function with every render', async () => {
  let source: SessionTokenSource | undefined = 'first';
  const tokens = new SessionTokens(() => source);
  assert.equal(await tokens.current(), 'first');
  source = 'second';
  assert.equal(await tokens.current(), 'second');
  source = undefined;
  assert.equal(await tokens.current(), undefined);
});

test('a function that fails is unauthorized without its text and is called again the next time', async () => {
  let calls = 0;
  const tokens = new SessionTokens(() => () => {
    calls += 1;
    throw new Error('the token s3cret has expired');
  });
  await assert.rejects(tokens.current(), isUnauthorized);
  await assert.rejects(tokens.current(), isUnauthorized);
  assert.equal(calls, 2);
});

// `fetch` would reject such a header with an error that holds the token.
for (const bad of ['', 's3cret with spaces', 's3cret\r\nX-Injected: 1', 's3crét', null, undefined, 7, {}]) {
  test(`${JSON.stringify(bad)} is not a token`, async () => {
    const source = (() => bad) as () => string;
    await assert.rejects(new SessionTokens(() => source).current(), isUnauthorized);
  });
}
