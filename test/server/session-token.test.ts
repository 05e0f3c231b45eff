import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { createSessionToken, identifyBySessionToken, type SessionTokenClaims } from '../../src/server.js';
import { SECRET, startBackend } from './support/backend.js';
import { startLink } from './support/started-link.js';

const KIND = 'connect-account-session+jwt';
const key = new TextEncoder().encode(SECRET);
const identify = identifyBySessionToken(SECRET);
const now = () => Math.floor(Date.now() / 1000);

const requestWith = (
  authorization: string | undefined,
  origin?: string,
  url = 'https://api.example.com/api/connect/x',
) =>
  new Request(url, { headers: { ...(authorization !== undefined && { authorization }), ...(origin && { origin }) } });

const identifyToken = (token: string, origin?: string) => identify(requestWith(`Bearer ${token}`, origin));

/** A token as an attacker, or an older version, would make it. */
const sign = (claims: object, header: object = {}, secret = key) =>
  new SignJWT({ sub: 'user_ada', iat: now(), exp: now() + 600, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: KIND, ...header })
    .sign(secret);

test('a token names its user and the auth configs that it is limited to', async () => {
  assert.deepEqual(await identifyToken(await createSessionToken({ userId: 'user_ada' }, SECRET)), {
    userId: 'user_ada',
  });
  const narrowed = await createSessionToken({ userId: 'user_ada', authConfigIds: ['ac_a', 'ac_b'] }, SECRET);
  assert.deepEqual(await identifyToken(narrowed), { userId: 'user_ada', authConfigIds: ['ac_a', 'ac_b'] });
});

test("a token signed by this test's helper is accepted", async () => {
  assert.deepEqual(await identifyToken(await sign({})), { userId: 'user_ada' });
});

test('a request without a Bearer token identifies nobody', async () => {
  const token = await createSessionToken({ userId: 'user_ada' }, SECRET);
  for (const authorization of [undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token} x`]) {
    assert.equal(await identify(requestWith(authorization)), null);
  }
});

test('a token that is unsigned or has another algorithm, kind or secret identifies nobody', async () => {
  const [, claims] = (await sign({})).split('.');
  const none = Buffer.from(`{"alg":"none","typ":"${KIND}"}`).toString('base64url');
  const bad = {
    unsigned: `${none}.${claims}.`,
    'with another algorithm': await sign({}, { alg: 'HS512' }, new TextEncoder().encode('x'.repeat(64))),
    'with another algorithm, but the right secret': await sign(
      {},
      { alg: 'HS384' },
      new TextEncoder().encode(SECRET.padEnd(48)),
    ),
    'of another kind': await sign({}, { typ: 'JWT' }),
    'of no kind': await sign({}, { typ: undefined }),
    'of a state': await sign({}, { typ: 'connect-account-state+jwt' }),
    'of another secret': await sign({}, {}, new TextEncoder().encode('y'.repeat(32))),
    'of nobody': await sign({ sub: undefined }),
    'without an end': await sign({ exp: undefined }),
    'without a beginning': await sign({ iat: undefined }),
    'with auth configs that are no list': await sign({ authConfigIds: 'ac_a' }),
  };
  for (const [name, token] of Object.entries(bad)) assert.deepEqual([name, await identifyToken(token)], [name, null]);
});

test('a token from the future identifies nobody, but clocks may differ by a minute', async () => {
  assert.equal(await identifyToken(await sign({ iat: now() + 62 })), null);
  assert.deepEqual(await identifyToken(await sign({ iat: now() + 58 })), { userId: 'user_ada' });
});

test('a token expires after its lifetime', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const ten = await createSessionToken({ userId: 'user_ada' }, SECRET);
  const hour = await createSessionToken({ userId: 'user_ada', expiresIn: '1h' }, SECRET);
  const second = await createSessionToken({ userId: 'user_ada', expiresIn: '1s' }, SECRET);
  const living = async () => (await Promise.all([ten, hour, second].map((token) => identifyToken(token)))).map(Boolean);
  assert.deepEqual(await living(), [true, true, true]);
  context.mock.timers.tick(1000);
  assert.deepEqual(await living(), [true, true, false]);
  context.mock.timers.tick(599_000);
  assert.deepEqual(await living(), [false, true, false]);
  context.mock.timers.tick(3_000_000);
  assert.deepEqual(await living(), [false, false, false]);
});

test('a token limited to an origin is valid only for pages of that origin', async () => {
  const token = await createSessionToken({ userId: 'user_ada', origin: 'https://app.example.com' }, SECRET);
  assert.deepEqual(await identifyToken(token, 'https://app.example.com'), { userId: 'user_ada' });
  for (const origin of ['https://evil.example', 'http://app.example.com', 'null', undefined]) {
    assert.equal(await identifyToken(token, origin), null);
  }
  // A browser leaves Origin out of a same-origin GET.
  const ownPage = requestWith(`Bearer ${token}`, undefined, 'http://app.example.com/api/connect/x');
  assert.deepEqual(await identify(ownPage), { userId: 'user_ada' });
});

test('a secret can be rotated without breaking existing tokens', async () => {
  const older = 'the older secret, of 32 bytes or more';
  const token = await createSessionToken({ userId: 'user_ada' }, older);
  assert.equal(await identifyToken(token), null);
  const both = identifyBySessionToken([SECRET, older]);
  assert.deepEqual(await both(requestWith(`Bearer ${token}`)), { userId: 'user_ada' });
  const fresh = await createSessionToken({ userId: 'user_ada' }, [SECRET, older]);
  assert.deepEqual(await identifyToken(fresh), { userId: 'user_ada' });
});

for (const [claims, fix] of [
  [{ userId: '' }, /`userId` must be a non-empty string/],
  [{ userId: 'default' }, /must not be 'default', which is shared/],
  [{ userId: 'a,b' }, /must not hold a comma, which separates users/],
  [{ userId: 'a', expiresIn: '2h' }, /'10m' or '1h', and at most 1 hour/],
  [{ userId: 'a', expiresIn: '61m' }, /at most 1 hour/],
  [{ userId: 'a', expiresIn: '0s' }, /`expiresIn` must be a lifetime like '90s'/],
  [{ userId: 'a', expiresIn: '10' }, /`expiresIn` must be a lifetime like '90s'/],
  [{ userId: 'a', expiresIn: '-1m' }, /`expiresIn` must be a lifetime like '90s'/],
  [{ userId: 'a', origin: 'https://app.example.com/' }, /`origin` must be an origin without a path/],
  [{ userId: 'a', origin: 'null' }, /`origin` must be an origin without a path/],
  // What is not understood must not leave a token wider than it was meant.
  [{ userId: 'a', authConfigIds: 'ac_github' }, /`authConfigIds` must be a list of ids like 'ac_…'/],
  [{ userId: 'a', authConfigIds: [7] }, /`authConfigIds` must be a list of ids like 'ac_…'/],
  [{ userId: 'a', authConfigId: 'ac_github' }, /unknown option `authConfigId`\. Valid options: userId, authConfigIds/],
  [undefined, /pass an object of options/],
] as const) {
  test(`createSessionToken refuses ${JSON.stringify(claims)}`, async () => {
    await assert.rejects(createSessionToken(claims as SessionTokenClaims, SECRET), fix);
  });
}

test('a short secret neither creates nor verifies tokens', async () => {
  await assert.rejects(createSessionToken({ userId: 'a' }, 'short'), /at least 32 bytes/);
  assert.throws(() => identifyBySessionToken(['x'.repeat(32), 'short']), /at least 32 bytes/);
});

test('the state of a link is not a session token, although the same secret signs both', async () => {
  const { createHandler, openBrowser } = await startBackend();
  const { redirectUrl } = await startLink(createHandler());
  const { url } = await openBrowser().follow(redirectUrl);
  assert.equal(await identifyToken(url.searchParams.get('state') ?? ''), null);
});
