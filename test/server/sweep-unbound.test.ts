import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';
import { startLink } from './support/started-link.js';

/** The end of a link's life, and 10 minutes more. */
const DEADLINE_MS = 1_200_000;

/** A link of Ada's, an upstream that lists what it is told to, and a clock. Each request sweeps. */
async function startSwept(context: TestContext) {
  context.mock.method(console, 'error', () => {});
  const start = Date.now();
  const link = {
    connected_account_id: 'ca_1',
    redirect_url: 'https://connect.composio.dev/link/lk_1',
    expires_at: new Date(start + DEADLINE_MS / 2).toISOString(),
  };
  let listed: readonly unknown[] = [];
  const handler = createTestHandler({
    composio: fakeComposio({ link, list: () => ({ items: listed, total_pages: 1 }) }),
  });
  const { id } = await startLink(handler);
  context.mock.timers.enable({ apis: ['Date'], now: start });
  return {
    ...{ handler, id },
    list: (items: readonly unknown[]) => {
      listed = items;
    },
    async sweepAfter(milliseconds: number) {
      context.mock.timers.setTime(start + milliseconds);
      await handler.send('GET', '/callback');
    },
  };
}

for (const [name, items] of [
  ['says that the flow has failed', [wireAccount({ status: 'FAILED' })]],
  ['does not list the account', []],
  ['lists the account in a form that cannot be read', [wireAccount({ created_at: null })]],
] as const) {
  test(`an account that nobody bound is not trusted later because upstream ${name} once`, async (context) => {
    const { handler, id, list, sweepAfter } = await startSwept(context);
    list(items);
    await sweepAfter(DEADLINE_MS + 1000);
    list([wireAccount()]);
    assert.equal(await handler.isBound(id), false);
    assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).status, 404);
  });
}

test('an account that cannot be read when its link ends is removed as soon as it can', async (context) => {
  const { handler, list, sweepAfter } = await startSwept(context);
  list([wireAccount({ created_at: null })]);
  await sweepAfter(DEADLINE_MS + 1000);
  list([wireAccount()]);
  await sweepAfter(DEADLINE_MS + 32_000);
  assert.deepEqual(
    handler.events.filter(({ action }) => action === 'remove_unbound').map(({ outcome }) => outcome),
    ['success'],
  );
});

test('the note of a flow that is over an hour after its link is forgotten', async (context) => {
  const { handler, id, list, sweepAfter } = await startSwept(context);
  list([wireAccount({ status: 'EXPIRED' })]);
  await sweepAfter(DEADLINE_MS + 1000);
  assert.equal(await handler.isBound(id), false);
  await sweepAfter(DEADLINE_MS + 3_601_000);
  assert.equal(await handler.isBound(id), true, 'without a note, upstream is believed');
});
