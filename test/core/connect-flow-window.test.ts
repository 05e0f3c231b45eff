import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AT_REST, FakePorts, NOTHING_LEFT } from '../support/fake-ports.js';
import { awaitingFlow, startFlow } from '../support/flow-under-test.js';

describe('closed windows', () => {
  test('a window that reads as closed makes the flow poll at once and does not end the attempt', async () => {
    const under = await awaitingFlow();
    under.ports.page.focus(false);
    const [window] = under.ports.windows;
    if (window) window.closed = true;
    await under.ports.clock.advance(500);
    assert.equal(under.client.count('get'), 1);
    await under.ports.clock.advance(120_000);
    assert.deepEqual(under.ends, []);
    assert.equal('window' in under.flow.state && under.flow.state.window, 'open');
  });

  test('the user is asked about a closed window after 2 s of focus, and a late ACTIVE still wins', async () => {
    const under = await awaitingFlow();
    const [window] = under.ports.windows;
    if (window) window.closed = true;
    await under.ports.clock.advance(2500);
    assert.equal('window' in under.flow.state && under.flow.state.window, 'closed');
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    await under.ports.clock.advance(300_000);
    under.report('ACTIVE');
    await under.ports.clock.advance(30_000);
    assert.deepEqual(under.ends, ['connected']);
  });

  test('a closed window is reopened with the same link under another name', async () => {
    const under = await awaitingFlow();
    const [first] = under.ports.windows;
    if (first) first.closed = true;
    await under.ports.clock.advance(2500);
    assert.equal(under.flow.reopen(), true);
    const second = under.ports.windows[1];
    assert.deepEqual(second?.urls, first?.urls);
    assert.notEqual(second?.name, first?.name);
    assert.equal('window' in under.flow.state && under.flow.state.window, 'open');
    assert.equal(under.client.count('link'), 1);
    if (second) second.closed = true;
    await under.ports.clock.advance(3000);
    assert.equal('window' in under.flow.state && under.flow.state.window, 'closed');
  });
});

test('the newest of two windows is watched', async () => {
  const under = await awaitingFlow();
  under.flow.reopen();
  const [first, second] = under.ports.windows;
  if (first) first.closed = true;
  await under.ports.clock.advance(5000);
  assert.equal('window' in under.flow.state && under.flow.state.window, 'open');
  if (second) second.closed = true;
  await under.ports.clock.advance(5000);
  assert.equal('window' in under.flow.state && under.flow.state.window, 'closed');
});

describe('connect() during an attempt', () => {
  test('connect() opens a window that was refused, as a button of the page does', async () => {
    const ports = new FakePorts();
    ports.refusesWindows = true;
    const under = await awaitingFlow({ ports });
    ports.refusesWindows = false;
    assert.equal(under.flow.connect(), under.outcome);
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    assert.deepEqual(under.ports.windows[0]?.urls, ['https://connect.example.com/link/1']);
  });

  test('connect() opens a window again that was closed', async () => {
    const under = await awaitingFlow();
    const [first] = under.ports.windows;
    if (first) first.closed = true;
    await under.ports.clock.advance(2500);
    assert.equal(under.flow.connect(), under.outcome);
    assert.deepEqual(under.ports.windows[1]?.urls, first?.urls);
  });

  test('connect() opens nothing after a reload, because the window of before may be open', async () => {
    const before = await awaitingFlow();
    const under = startFlow({ ports: before.ports, client: before.client });
    await under.reaches('awaiting-authorization');
    void under.flow.connect();
    assert.equal(under.ports.windows.length, 1);
    assert.equal(under.client.count('link'), 1);
  });
});

describe('refused windows', () => {
  async function blocked() {
    const ports = new FakePorts();
    ports.refusesWindows = true;
    return awaitingFlow({ ports });
  }

  test('a refused window leads to popup-blocked with the link, and polling continues', async () => {
    const under = await blocked();
    assert.equal(under.flow.state.phase, 'popup-blocked');
    assert.equal(under.flow.redirectUrl, 'https://connect.example.com/link/1');
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    assert.deepEqual(under.ends, ['connected']);
  });

  test('a refused window is not retried without a click', async () => {
    const under = await blocked();
    under.ports.refusesWindows = false;
    await under.ports.clock.advance(60_000);
    assert.equal(under.ports.windows.length, 0);
    assert.equal(under.flow.state.phase, 'popup-blocked');
  });

  test('a refused window may be allowed on the next click', async () => {
    const under = await blocked();
    assert.equal(under.flow.reopen(), false);
    assert.equal(under.flow.state.phase, 'popup-blocked');
    under.ports.refusesWindows = false;
    assert.equal(under.flow.reopen(), true);
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    assert.deepEqual(under.ports.windows[0]?.urls, ['https://connect.example.com/link/1']);
  });

  test('following the link replaces a refused window', async () => {
    const under = await blocked();
    under.flow.followedLink();
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    assert.equal('window' in under.flow.state && under.flow.state.window, 'unknown');
  });

  test('a blocked attempt has no link before it is created and none after the end', async () => {
    const under = await blocked();
    under.flow.cancel('user');
    assert.equal(under.flow.redirectUrl, null);
    assert.equal(startFlow().flow.redirectUrl, null);
  });
});

describe('windows after ACTIVE', () => {
  async function connected() {
    const under = await awaitingFlow();
    under.report('ACTIVE');
    under.ports.callback(null);
    await under.ports.clock.advance(0);
    assert.deepEqual(under.ends, ['connected']);
    return under;
  }

  test('the window stays open for 5 s after ACTIVE, because its page still has to bind the browser', async () => {
    const under = await connected();
    const [window] = under.ports.windows;
    await under.ports.clock.advance(4999);
    assert.equal(window?.closeCalls, 0);
    await under.ports.clock.advance(1);
    assert.equal(window?.closeCalls, 1);
    assert.deepEqual(under.ports.leftovers, AT_REST);
  });

  test('a flow that stops within 5 s of ACTIVE leaves no timer', async () => {
    const under = await connected();
    under.flow.stop('removed');
    await under.ports.clock.advance(0);
    assert.deepEqual(under.ports.leftovers, NOTHING_LEFT);
    assert.equal(under.ports.windows[0]?.closeCalls, 0);
  });
});

describe('callback messages', () => {
  test('a callback message for this attempt leads to confirming and polls at once', async () => {
    const under = await awaitingFlow();
    const state = under.flow.state;
    under.ports.callback('attempt' in state ? state.attempt : '');
    assert.equal(under.flow.state.phase, 'confirming');
    await under.ports.clock.advance(0);
    assert.equal(under.client.count('get'), 1);
  });

  test('a callback message that names no attempt only makes the flow poll', async () => {
    const under = await awaitingFlow();
    under.ports.callback(null);
    await under.ports.clock.advance(0);
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    assert.equal(under.client.count('get'), 1);
  });

  test('a callback message for another attempt is ignored', async () => {
    const under = await awaitingFlow();
    under.ports.callback('somebody-elses-attempt');
    await under.ports.clock.advance(500);
    assert.equal(under.client.count('get'), 0);
  });

  test('the callback page is heard before the window navigates, because a live session returns within 100 ms', async () => {
    const under = startFlow();
    await under.loaded();
    under.client.always('link', () => new Promise(() => {}));
    void under.flow.connect();
    assert.equal(under.ports.leftovers.callbackListeners, 1);
  });

  test("the server's status decides after a callback that reports a failure", async () => {
    const under = await awaitingFlow();
    under.report('ACTIVE');
    under.ports.callback(null);
    await under.ports.clock.advance(0);
    assert.deepEqual(under.ends, ['connected']);
  });
});
