import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConnectError } from '../../src/core/model/connect-error.js';
import { httpFailure } from '../support/memory-client.js';
import { startPoll } from '../support/poll-under-test.js';

describe('pace of a poll', () => {
  test('polling starts after 1 s and slows down to 5 s', async () => {
    const { clock, times } = startPoll();
    await clock.advance(30_000);
    const waits = times.map((time, index) => time - (times[index - 1] ?? 0));
    const expected = [1000, 1500, 2250, 3375, 5000, 5000, 5000, 5000];
    waits.slice(0, 8).forEach((wait, index) => {
      const middle = expected[index] ?? 0;
      assert.ok(wait >= middle * 0.8 && wait <= middle * 1.2, `wait ${index} was ${wait}`);
    });
  });

  test('polling slows down to 15 s after two minutes', async () => {
    const { clock, times } = startPoll();
    await clock.advance(130_000);
    times.length = 0;
    await clock.advance(150_000);
    assert.ok(times.length >= 8 && times.length <= 13, `${times.length} in 150 s`);
  });

  test('polling runs every 30 s while the page is hidden, and at once when it is shown again', async () => {
    const { clock, page, times } = startPoll();
    page.show(false);
    await clock.advance(23_000);
    assert.deepEqual(times, []);
    await clock.advance(13_500);
    assert.equal(times.length, 1);
    page.show(true);
    await clock.advance(0);
    assert.equal(times.length, 2);
  });

  test('hiding the page between two requests postpones the next one', async () => {
    const { clock, page, times } = startPoll();
    await clock.advance(1200);
    assert.equal(times.length, 1);
    page.show(false);
    await clock.advance(20_000);
    assert.equal(times.length, 1);
  });

  test('polling runs every 30 s while the network is gone, and at once when it is back', async () => {
    const { clock, page, times } = startPoll();
    await clock.advance(1200);
    assert.equal(times.length, 1);
    page.offline = true;
    page.signal('inactive');
    await clock.advance(20_000);
    assert.equal(times.length, 1);
    page.offline = false;
    page.signal('active');
    await clock.advance(0);
    assert.equal(times.length, 2);
  });
});

describe('one request at a time', () => {
  test('no second request starts while the first one runs, however long that takes', async () => {
    const { clock, poll, times, request } = startPoll();
    const answer = request.hold();
    await clock.advance(60_000);
    poll.hint();
    await clock.advance(1000);
    assert.equal(times.length, 1);
    answer(false);
    await clock.advance(0);
    assert.equal(times.length, 2);
  });

  test('a hint during a request causes another one, since the response may be older than the hint', async () => {
    const { clock, poll, times, request } = startPoll();
    const answer = request.hold();
    await clock.advance(1200);
    poll.hint();
    answer(false);
    await clock.advance(500);
    assert.equal(times.length, 2);
  });
});

describe('hints', () => {
  test('a hint causes a request at once', async () => {
    const { clock, poll, times } = startPoll();
    poll.hint();
    await clock.advance(0);
    assert.deepEqual(times, [0]);
  });

  test('hints are coalesced to one request per 500 ms', async () => {
    const { clock, poll, times } = startPoll();
    for (let hint = 0; hint < 49; hint++) {
      poll.hint();
      await clock.advance(40);
    }
    assert.deepEqual(times, [0, 500, 1000, 1500]);
  });

  test('a hint causes one request, and the next one follows the schedule', async () => {
    const { clock, poll, times } = startPoll();
    poll.hint();
    await clock.advance(1000);
    assert.deepEqual(times, [0]);
  });

  test('focus, show, restore and online of the page count as hints', async () => {
    const { clock, page, times } = startPoll();
    page.signal('active');
    await clock.advance(0);
    assert.deepEqual(times, [0]);
  });

  test('a blur of the page is not a hint', async () => {
    const { clock, page, times } = startPoll();
    page.focus(false);
    await clock.advance(700);
    assert.deepEqual(times, []);
  });
});

describe('Retry-After', () => {
  const failure = (seconds: number) => httpFailure(429, 'rate_limited', seconds * 1000);

  test('Retry-After postpones the next request', async () => {
    const { clock, times, request } = startPoll();
    request.fail(failure(20));
    await clock.advance(1200);
    const [first = 0] = times;
    await clock.advance(first + 19_999 - clock.now());
    assert.equal(times.length, 1);
    await clock.advance(1);
    assert.equal(times.length, 2);
  });

  test('Retry-After takes precedence over hints', async () => {
    const { clock, poll, times, request } = startPoll();
    poll.hint();
    request.fail(failure(20));
    await clock.advance(0);
    for (let hint = 0; hint < 10; hint++) poll.hint();
    await clock.advance(19_999);
    assert.deepEqual(times, [0]);
    await clock.advance(1);
    assert.deepEqual(times, [0, 20_000]);
  });

  test('Retry-After no longer applies after the next response', async () => {
    const { clock, poll, times, request } = startPoll();
    poll.hint();
    request.fail(failure(20));
    await clock.advance(20_000);
    poll.hint();
    await clock.advance(500);
    assert.deepEqual(times, [0, 20_000, 20_500]);
  });
});

describe('failed requests of a poll', () => {
  test('failed requests do not end a poll by themselves', async () => {
    const failures: unknown[] = [];
    const { clock, times, request } = startPoll({ onFailure: (error) => failures.push(error) < 0 });
    request.fail(httpFailure(503, 'upstream_error'));
    request.fail(new TypeError('Failed to fetch'));
    await clock.advance(10_000);
    assert.equal(failures.length, 2);
    assert.equal((failures[0] as ConnectError).code, 'upstream_error');
    assert.ok(times.length >= 4);
  });

  test('a failed request ends the poll if onFailure returns true', async () => {
    const { clock, page, times, request } = startPoll({ onFailure: () => true });
    request.fail(httpFailure(401, 'unauthorized'));
    await clock.advance(600_000);
    assert.equal(times.length, 1);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });
});
