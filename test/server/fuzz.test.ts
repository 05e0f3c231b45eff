import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SECRET, startBackend } from './support/backend.js';
import { randomRequests, toRequest } from './support/random-requests.js';

const RUNS = 1500;
const { createHandler, emulator } = await startBackend();
const own = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
const foreign = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github', displayName: 'GRACE-ONLY' });

const ORDINARY = new Set([200, 201, 400, 401, 403, 404, 405, 409, 413, 422, 429]);

test(`${RUNS} random requests get valid responses without a thrown error or another user's data`, async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const handler = createHandler({
    authConfigIds: ['ac_github', 'ac_zendesk', 'ac_firecrawl'],
    linksPerMinute: 1000,
    upstreamCallsPerMinute: 100_000,
  });
  const property = fc.asyncProperty(randomRequests(own.id, foreign.id), async (random) => {
    const response = await handler.handle(toRequest(random));
    const text = await response.text();
    assert.ok(ORDINARY.has(response.status), `${response.status} ${text}`);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.doesNotMatch(text, /GRACE-ONLY|access_token|evil\.example/);
    assert.ok(!text.includes(SECRET) && !text.includes(emulator.apiKey));
    if (response.status >= 400 && random.method !== 'HEAD') {
      const { error } = JSON.parse(text) as { error: { code: string; requestId: string } };
      assert.ok(error.code.length > 0 && error.requestId.length > 0);
    }
  });
  await fc.assert(property, { numRuns: RUNS });
  assert.equal(logged.mock.callCount(), 0, 'an unforeseen error was logged');
  assert.equal(emulator.accounts.get(foreign.id)?.status, 'ACTIVE');
});
