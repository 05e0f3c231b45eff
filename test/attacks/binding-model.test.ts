import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { useFakeTime } from './support/fake-time.js';
import { actions, Life } from './support/life.js';

/** `SEED=…` repeats a run. */
const { LIVES = '10000', SEED } = process.env;

test(`nobody holds an account that another user's browser finished, in ${LIVES} lives of two users, three browsers and two instances`, async (context) => {
  const wait = useFakeTime(context);
  context.mock.method(console, 'error', () => {});
  let attempts = 0;
  let connected = 0;
  const life = fc.asyncProperty(actions, fc.nat(), async (plan, seed) => {
    const life = new Life(seed, wait);
    await life.play(plan);
    attempts += life.attempts;
    connected += life.connected;
  });
  await fc.assert(life, {
    numRuns: Number(LIVES),
    endOnFailure: true,
    ...(SEED !== undefined && { seed: Number(SEED) }),
  });
  console.log(`${LIVES} lives, ${attempts} requests, ${connected} honest connections, 0 accounts in the wrong hands`);
  assert.ok(connected > Number(LIVES) / 50, 'honest users are connected too');
});
