import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { earliestRequest, pollDelay } from '../../src/core/polling/poll.js';

/** The middle of the jitter. */
const plain = { elapsed: 0, visible: true, random: 0.5 };

describe('pollDelay', () => {
  test('the delay starts at 1 s and grows by half up to 5 s', () => {
    const delays = [0, 1, 2, 3, 4, 5, 50].map((asked) => pollDelay({ ...plain, asked }));
    assert.deepEqual(delays, [1000, 1500, 2250, 3375, 5000, 5000, 5000]);
  });

  test('the delay is 15 s after two minutes', () => {
    assert.equal(pollDelay({ ...plain, asked: 30, elapsed: 119_999 }), 5000);
    assert.equal(pollDelay({ ...plain, asked: 30, elapsed: 120_000 }), 15_000);
  });

  test('the delay is 30 s while the page is hidden, early or late', () => {
    assert.equal(pollDelay({ ...plain, asked: 0, visible: false }), 30_000);
    assert.equal(pollDelay({ ...plain, asked: 30, elapsed: 300_000, visible: false }), 30_000);
  });

  test('the delay varies by a fifth in both directions', () => {
    assert.equal(pollDelay({ ...plain, asked: 4, random: 0 }), 4000);
    assert.equal(Math.round(pollDelay({ ...plain, asked: 4, random: 1 })), 6000);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const delay = Math.round(pollDelay({ ...plain, asked: 0, random }));
        assert.ok(delay >= 800 && delay <= 1200, String(delay));
      }),
    );
  });
});

describe('earliestRequest', () => {
  const every = (count: number, spacing: number) => Array.from({ length: count }, (_, index) => index * spacing);

  test('a request is allowed at once after few requests', () => {
    assert.equal(earliestRequest([]), Number.NEGATIVE_INFINITY);
    assert.ok(earliestRequest(every(12, 500)) < 12 * 500);
  });

  test('the budgets leave room for the last request: 13 in 30 s, 59 in 10 minutes', () => {
    assert.equal(earliestRequest(every(13, 500)), 30_000);
    assert.equal(earliestRequest(every(20, 500)), 7 * 500 + 30_000);
    assert.equal(earliestRequest(every(59, 3000)), 600_000);
  });
});
