import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runningAttempts } from '../../src/core/flow/attempt-record.js';
import { isBusy } from '../../src/core/flow/connect-state.js';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import { until } from '../support/fake-clock.js';
import { AT_REST, FakePorts } from '../support/fake-ports.js';
import { awaitingFlow, type FlowOptions, type FlowUnderTest, startFlow } from '../support/flow-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

/** The same page after a reload, with other windows and listeners, and the same clock, storage and backend. */
async function reload(under: FlowUnderTest, options: FlowOptions = {}): Promise<FlowUnderTest> {
  const { clock, storage } = under.ports;
  // Modules start anew with a page.
  runningAttempts.clear();
  const after = startFlow({ ports: new FakePorts({ clock, storage }), client: under.client, ...options });
  await after.loaded();
  return after;
}

/** Another tab, without the storage of the first one. */
async function otherTab(under: FlowUnderTest): Promise<FlowUnderTest> {
  const other = startFlow({ ports: new FakePorts({ clock: under.ports.clock }), client: under.client });
  await other.loaded();
  return other;
}

const attemptOf = ({ flow: { state } }: FlowUnderTest) => (isBusy(state) ? state.attempt : null);

describe('resuming after a reload', () => {
  test('an attempt continues under its id after a reload, polls at once and ends', async () => {
    const before = await awaitingFlow();
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.equal(attemptOf(after), attemptOf(before));
    assert.equal('window' in after.flow.state && after.flow.state.window, 'unknown');
    after.report('ACTIVE');
    await after.ports.clock.advance(600);
    assert.deepEqual(after.ends, ['connected']);
    assert.equal(after.ports.storage.records.size, 0);
  });

  test('an account that became ACTIVE during a reload ends its attempt', async () => {
    const before = await awaitingFlow();
    before.report('ACTIVE');
    const after = await reload(before);
    assert.deepEqual(after.ends, ['connected']);
    assert.equal(after.flow.state.phase, 'connected');
  });

  test('an account that failed during a reload ends its attempt', async () => {
    const before = await awaitingFlow();
    before.report('FAILED');
    const after = await reload(before);
    assert.deepEqual(after.ends, ['failed: connection_failed']);
  });

  test('a resumed attempt ends when its link expires, not ten minutes later', async () => {
    const before = await awaitingFlow();
    await before.ports.clock.advance(400_000);
    const after = await reload(before);
    await after.ports.clock.advance(199_000);
    assert.deepEqual(after.ends, []);
    await after.ports.clock.advance(1000);
    assert.deepEqual(after.ends, ['failed: link_expired']);
  });

  test('a resumed attempt still hears the callback page', async () => {
    const before = await awaitingFlow();
    const after = await reload(before);
    after.ports.callback(attemptOf(before));
    assert.equal(after.flow.state.phase, 'confirming');
  });

  test('a resumed attempt can reopen its window with a link that the backend returns again', async () => {
    const after = await reload(await awaitingFlow());
    assert.equal(after.flow.redirectUrl, null);
    after.flow.reopen();
    await until(() => after.ports.windows[0]?.urls.length === 1);
    assert.equal(after.client.count('link'), 2);
    after.report('ACTIVE');
    await after.ports.clock.advance(1200);
    assert.deepEqual(after.ends, ['connected']);
  });

  test('a failed reopen does not end a resumed attempt, because the first window may still finish', async () => {
    const after = await reload(await awaitingFlow());
    after.client.next('link', () => Promise.reject(httpFailure(500, 'internal_error')));
    after.flow.reopen();
    await until(() => after.flow.state.error !== null);
    assert.equal(after.flow.state.error?.code, 'internal_error');
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.equal('window' in after.flow.state && after.flow.state.window, 'unknown');
    assert.equal(after.ports.windows[0]?.closed, true);
    assert.deepEqual(after.ends, []);

    after.flow.reopen();
    assert.equal(after.flow.state.error, null);
    after.report('ACTIVE');
    await after.ports.clock.advance(1200);
    assert.deepEqual(after.ends, ['connected']);
  });

  test('a failed reopen that the popup blocker refuses too does not end a resumed attempt', async () => {
    const after = await reload(await awaitingFlow());
    after.ports.refusesWindows = true;
    after.client.next('link', () => Promise.reject(httpFailure(500, 'internal_error')));
    after.flow.reopen();
    await until(() => after.flow.state.error !== null);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.deepEqual(after.ends, []);
  });

  test('a reopen that is refused because the account is ACTIVE ends the attempt as connected', async () => {
    const after = await reload(await awaitingFlow());
    const connectedAccountId = after.linkedId;
    after.client.next('link', () => {
      after.report('ACTIVE');
      throw new ConnectError(
        connectErrorInfo('already_connected', 'There is one.', { status: 409, connectedAccountId }),
      );
    });
    after.flow.reopen();
    await until(() => after.ends.length > 0);
    assert.deepEqual(after.ends, ['connected']);
  });

  for (const [which, index] of [
    ['first', 0],
    ['second', 1],
  ] as const) {
    test(`the ${which} window may finish if the backend creates another account for a reopened link`, async () => {
      const after = await reload(await awaitingFlow());
      after.flow.reopen();
      await until(() => after.ports.windows[0]?.urls.length === 1);
      const ids = after.client.accounts.map(({ id }) => id);
      assert.deepEqual(ids, ['ca_new_1', 'ca_new_2']);
      after.client.change('ca_new_1', { status: index === 0 ? 'ACTIVE' : 'EXPIRED' });
      await after.ports.clock.advance(1200);
      after.client.change('ca_new_2', { status: 'ACTIVE' });
      await after.ports.clock.advance(12_000);
      assert.deepEqual(after.ends, ['connected']);
      assert.equal(after.flow.state.account?.id, ids[index]);
      assert.deepEqual(after.ports.leftovers, AT_REST);
    });
  }

  test('an attempt that the user cancelled is not resumed', async () => {
    const before = await awaitingFlow();
    before.flow.cancel('user');
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'ready');
    assert.deepEqual(after.ends, []);
  });

  test('an attempt whose link has expired is not resumed', async () => {
    const before = await awaitingFlow();
    before.ports.clock.sleep(600_000);
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'ready');
    assert.equal(after.ports.storage.records.size, 0);
  });

  test('another user of the same browser does not resume the attempt', async () => {
    const before = await awaitingFlow();
    before.client.accounts = [];
    const after = await reload(before, { settings: { storageKey: 'of-another-user' } });
    assert.equal(after.flow.state.phase, 'ready');
  });

  test('an attempt without a stored record is resumed under a new id, because the server knows its account', async () => {
    const before = await awaitingFlow();
    before.ports.storage.records.clear();
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.notEqual(attemptOf(after), attemptOf(before));
    after.report('ACTIVE');
    await after.ports.clock.advance(600);
    assert.deepEqual(after.ends, ['connected']);
  });

  test('an old attempt does not hide an account that was connected meanwhile', async () => {
    const before = await awaitingFlow();
    before.client.accounts = [...before.client.accounts, connectedAccount({ id: 'ca_of_another_tab' })];
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'connected');
    assert.equal(after.flow.state.account?.id, 'ca_of_another_tab');
    assert.deepEqual(after.ends, []);
  });

  test('an old attempt is resumed beside a connected account with allowMultiple', async () => {
    const settings = { allowMultiple: true };
    const before = await awaitingFlow({ settings });
    before.client.accounts = [connectedAccount(), ...before.client.accounts];
    const after = await reload(before, { settings });
    assert.equal(attemptOf(after), attemptOf(before));
  });
});

describe('two elements for the same connection', () => {
  test('an attempt has one end, also when a second element comes while the first waits', async () => {
    const first = await awaitingFlow();
    const { ports, client } = first;
    const second = startFlow({ ports, client });
    await second.loaded();
    assert.equal(second.flow.state.phase, 'awaiting-authorization');
    assert.notEqual(attemptOf(second), attemptOf(first));
    first.report('ACTIVE');
    await ports.clock.advance(6000);
    const attempts = [first, second].flatMap(({ events }) => events.filter(({ type }) => type === 'ended'));
    assert.equal(new Set(attempts.map((event) => 'attempt' in event && event.attempt)).size, 2);
    assert.deepEqual([first.ends, second.ends], [['connected'], ['connected']]);
  });
});

describe('resuming in another tab', () => {
  test('a pending account is polled in another tab too, and both attempts end', async () => {
    const first = await awaitingFlow();
    const second = await otherTab(first);
    assert.equal(second.flow.state.phase, 'awaiting-authorization');
    first.report('ACTIVE');
    await first.ports.clock.advance(1200);
    assert.deepEqual([first.ends, second.ends], [['connected'], ['connected']]);
  });

  test('the status that a pending account had at load is no news', async () => {
    const first = await awaitingFlow();
    first.report('INITIALIZING');
    const second = await otherTab(first);
    await second.ports.clock.advance(600);
    const { state } = second.flow;
    assert.equal('status' in state && state.status, 'INITIALIZING');
    assert.ok(!second.events.some(({ type }) => type === 'status-reported'));
  });

  test('an attempt that was resumed from another tab hears the callback page whatever attempt it names', async () => {
    const first = await awaitingFlow();
    const second = await otherTab(first);
    await second.ports.clock.advance(500);
    const asked = second.client.count('get');
    second.ports.callback(attemptOf(first));
    await second.ports.clock.advance(0);
    assert.equal(second.client.count('get'), asked + 1);
    assert.equal(second.flow.state.phase, 'awaiting-authorization');
  });

  test('a cancelled attempt does not hide one that was started in another tab', async () => {
    const here = await awaitingFlow();
    here.flow.cancel('user');
    here.client.change(here.linkedId, { status: 'EXPIRED', wasActive: false });
    const there = await awaitingFlow({ ports: new FakePorts({ clock: here.ports.clock }), client: here.client });
    const after = await reload(here);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    there.report('ACTIVE');
    await after.ports.clock.advance(1200);
    assert.deepEqual(after.ends, ['connected']);
  });
});

test('an attempt is resumed although another element has cancelled its own of the same connection', async () => {
  const one = startFlow();
  const two = startFlow({ ports: one.ports, client: one.client });
  await Promise.all([one.connect(), two.loaded()]);
  await two.connect();
  const attempt = attemptOf(two);
  one.flow.cancel('user');
  const after = await reload(two);
  assert.deepEqual([after.flow.state.phase, attemptOf(after)], ['awaiting-authorization', attempt]);
});

describe('removal of the element', () => {
  test('a removed element ends its attempt, which is resumed under another id', async () => {
    const before = await awaitingFlow();
    const attempt = attemptOf(before);
    before.flow.stop('removed');
    assert.deepEqual(before.ends, ['cancelled: removed']);
    before.flow.start(before.settings);
    await before.reaches('awaiting-authorization');
    assert.notEqual(attemptOf(before), attempt);
    before.report('ACTIVE');
    await before.ports.clock.advance(600);
    assert.deepEqual(before.ends, ['cancelled: removed', 'connected']);
  });

  test('an element that is removed before its link closes the window, which would stay empty', async () => {
    const under = startFlow();
    await under.loaded();
    const { flow, ports } = under;
    void flow.connect();
    flow.stop('removed');
    assert.deepEqual([ports.windows.length, ports.windows[0]?.closeCalls], [1, 1]);
  });

  test('a removed element leaves the window open, because the user may be about to finish', async () => {
    const before = await awaitingFlow();
    before.flow.stop('removed');
    assert.equal(before.ports.windows[0]?.closeCalls, 0);
  });
});
