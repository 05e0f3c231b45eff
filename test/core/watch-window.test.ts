import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchWindow } from '../../src/core/flow/watch-window.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakePage, FakeWindow } from '../support/fake-ports.js';

function startWatch() {
  const clock = new FakeClock();
  const page = new FakePage();
  const window = new FakeWindow('watched');
  const controller = new AbortController();
  const told: string[] = [];
  watchWindow(window, {
    clock,
    page,
    signal: controller.signal,
    onReadsClosed: () => told.push(`flip at ${clock.now()}`),
    onLikelyClosed: () => told.push(`likely closed at ${clock.now()}`),
  });
  return { clock, page, window, told, controller };
}

test('an open window causes no events', async () => {
  const { clock, page, told } = startWatch();
  page.focus(false);
  page.focus(true);
  await clock.advance(600_000);
  assert.deepEqual(told, []);
});

test('a window that reads as closed is reported once, within half a second', async () => {
  const { clock, page, window, told } = startWatch();
  page.focus(false);
  await clock.advance(1100);
  window.closed = true;
  await clock.advance(60_000);
  assert.deepEqual(told, ['flip at 1500']);
});

test('the user is not asked while the page has no focus, because they may be in the window', async () => {
  const { clock, page, window, told } = startWatch();
  page.focus(false);
  window.closed = true;
  await clock.advance(600_000);
  assert.deepEqual(told, ['flip at 500']);
});

test('the user is asked after 2 s of focus since the window reads as closed', async () => {
  const { clock, page, window, told } = startWatch();
  page.focus(false);
  window.closed = true;
  await clock.advance(10_000);
  page.focus(true);
  await clock.advance(1999);
  assert.equal(told.length, 1);
  await clock.advance(1);
  assert.deepEqual(told, ['flip at 500', 'likely closed at 12000']);
});

test('focus from before the window reads as closed does not count', async () => {
  const { clock, window, told } = startWatch();
  await clock.advance(30_000);
  window.closed = true;
  await clock.advance(2499);
  assert.deepEqual(told, ['flip at 30500']);
  await clock.advance(1);
  assert.deepEqual(told, ['flip at 30500', 'likely closed at 32500']);
});

test('losing focus restarts the 2 s', async () => {
  const { clock, page, window, told } = startWatch();
  window.closed = true;
  await clock.advance(2000);
  page.focus(false);
  await clock.advance(5000);
  page.focus(true);
  await clock.advance(1500);
  page.focus(false);
  await clock.advance(60_000);
  assert.deepEqual(told, ['flip at 500']);
});

test('focus in a hidden tab does not count', async () => {
  const { clock, page, window, told } = startWatch();
  page.visible = false;
  window.closed = true;
  await clock.advance(60_000);
  assert.deepEqual(told, ['flip at 500']);
});

test('a window that is closed from the start is reported at once', () => {
  const clock = new FakeClock();
  const window = new FakeWindow('closed');
  window.closed = true;
  let flips = 0;
  watchWindow(window, {
    clock,
    page: new FakePage(),
    signal: new AbortController().signal,
    onReadsClosed: () => {
      flips += 1;
    },
    onLikelyClosed: () => {},
  });
  assert.equal(flips, 1);
});

test('the user is asked once, and no timer is left', async () => {
  const { clock, page, window, told } = startWatch();
  window.closed = true;
  await clock.advance(2500);
  assert.equal(told.length, 2);
  assert.deepEqual([clock.timers, page.listeners], [0, 0]);
});

test('an abort leaves no timer and no listener at any time', async () => {
  for (const closed of [false, true]) {
    const { clock, page, window, told, controller } = startWatch();
    window.closed = closed;
    await clock.advance(600);
    const before = told.length;
    controller.abort();
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
    await clock.advance(60_000);
    assert.equal(told.length, before);
  }
});
