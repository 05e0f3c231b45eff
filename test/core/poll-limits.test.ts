import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { httpFailure } from '../support/memory-client.js';
import { startPoll } from '../support/poll-under-test.js';

/** Returns the largest number of requests in any span of this length. */
function mostWithin(times: readonly number[], span: number): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + span).length));
}

describe('floods of hints', () => {
  test('1000 hints at once lead to one request', async () => {
    const { clock, poll, times } = startPoll();
    for (let hint = 0; hint < 1000; hint++) poll.hint();
    await clock.advance(0);
    assert.deepEqual(times, [0]);
  });

  // The last request, at the deadline, used to be the 15th and the 61st.
  for (const { deadline, span, most } of [
    { deadline: 20_000, span: 30_000, most: 14 },
    { deadline: 600_000, span: 600_001, most: 60 },
  ]) {
    test(`endless hints lead to ${most} requests until ${deadline} ms, including the last one`, async () => {
      const { clock, poll, page, times, expiries } = startPoll({ deadline });
      while (expiries.length === 0) {
        poll.hint();
        page.signal('active');
        await clock.advance(250);
      }
      assert.equal(mostWithin(times, span), most);
    });
  }

  test('hints at any times stay within both limits', async () => {
    const schedule = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 30, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(schedule, fc.integer({ min: 5000, max: 600_000 }), async (waits, deadline) => {
        const { clock, poll, times, expiries } = startPoll({ deadline });
        for (const wait of waits) {
          poll.hint();
          await clock.advance(wait);
        }
        await clock.advance(deadline);
        assert.equal(expiries.length, 1);
        assert.ok(mostWithin(times, 30_000) <= 14, `${mostWithin(times, 30_000)} in 30 s`);
        assert.ok(mostWithin(times, 600_000) <= 60, `${mostWithin(times, 600_000)} in 10 minutes`);
      }),
      { numRuns: 25 },
    );
  });

  test('polling without hints stays far below both limits', async () => {
    const { clock, times } = startPoll();
    await clock.advance(600_000);
    assert.ok(mostWithin(times, 30_000) <= 12, `${mostWithin(times, 30_000)} in 30 s`);
    assert.ok(times.length <= 60, `${times.length} in 10 minutes`);
  });
});

describe('deadline of a poll', () => {
  test('the deadline brings one last request and the end', async () => {
    const { clock, page, times, expiries } = startPoll({ deadline: 20_000 });
    await clock.advance(60_000);
    assert.equal(times.at(-1), 20_000);
    assert.deepEqual(expiries, [20_000]);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });

  test('the last request may still settle the poll', async () => {
    const { clock, request, expiries, times } = startPoll({ deadline: 500 });
    request.answer(true);
    await clock.advance(60_000);
    assert.deepEqual(times, [500]);
    assert.deepEqual(expiries, []);
  });

  test('a request that runs at the deadline is awaited and followed by one last request', async () => {
    const { clock, request, times, expiries } = startPoll({ deadline: 2000 });
    const answer = request.hold();
    await clock.advance(30_000);
    assert.deepEqual(expiries, []);
    answer(false);
    await clock.advance(0);
    assert.equal(times.length, 2);
    assert.deepEqual(expiries, [30_000]);
  });

  test('requests that are never answered end with the poll, half a minute after the last one', async () => {
    const { clock, page, request, times, expiries } = startPoll({ deadline: 2000 });
    request.hold();
    request.hold();
    await clock.advance(31_999);
    assert.equal(times.length, 1);
    await clock.advance(1);
    assert.deepEqual([times.length, times[1]], [2, 32_000]);
    await clock.advance(30_000);
    assert.deepEqual(expiries, [62_000]);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });

  test('Retry-After does not postpone the deadline', async () => {
    const { clock, request, times, expiries } = startPoll({ deadline: 5000 });
    request.fail(httpFailure(429, 'rate_limited', 60_000));
    await clock.advance(5000);
    assert.equal(times.length, 2);
    assert.deepEqual(expiries, [5000]);
  });

  test('a machine that slept past the deadline makes one request before it gives up', async () => {
    const { clock, request, times, expiries } = startPoll();
    clock.sleep(3_600_000);
    request.answer(true);
    await clock.advance(0);
    assert.deepEqual(times, [3_600_000]);
    assert.deepEqual(expiries, []);
  });

  test('a request that died during sleep does not count as the last one', async () => {
    const { clock, request, times, expiries } = startPoll();
    const answer = request.hold();
    await clock.advance(1200);
    clock.sleep(3_600_000);
    request.answer(true);
    answer(false);
    await clock.advance(0);
    assert.equal(times.length, 2);
    assert.deepEqual(expiries, []);
  });
});

describe('end of a poll', () => {
  test('a response that settles the poll leaves no timer and no listener', async () => {
    const { clock, page, request, times } = startPoll();
    request.answer(true);
    await clock.advance(600_000);
    assert.equal(times.length, 1);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });

  test('an abort between two requests ends the poll', async () => {
    const { clock, page, poll, controller, times, expiries } = startPoll();
    await clock.advance(1200);
    controller.abort();
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
    poll.hint();
    await clock.advance(700_000);
    assert.equal(times.length, 1);
    assert.deepEqual(expiries, []);
  });

  test('a response that comes after an abort has no effect', async () => {
    const failures: unknown[] = [];
    const { clock, request, controller, expiries } = startPoll({ onFailure: (error) => failures.push(error) > 0 });
    const answer = request.hold();
    await clock.advance(1200);
    controller.abort();
    answer(false);
    await clock.advance(700_000);
    assert.deepEqual([clock.timers, failures.length, expiries.length], [0, 0, 0]);
  });
});
