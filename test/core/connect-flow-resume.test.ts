import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBusy } from '../../src/core/flow/connect-state.js';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import { until } from '../support/fake-clock.js';
import { AT_REST, FakePorts } from '../support/fake-ports.js';
import { awaitingFlow, type FlowOptions, type FlowUnderTest, startFlow } from '../support/flow-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

/** The same page after a reload: other windows and listeners, the same clock, storage and backend. */
async function reload(under: FlowUnderTest, options: FlowOptions = {}): Promise<FlowUnderTest> {
  const { clock, storage } = under.ports;
  const after = startFlow({ ports: new FakePorts({ clock, storage }), client: under.client, ...options });
  await after.loaded();
  return after;
}

/** A tab of its own: no storage of the first one. */
async function otherTab(under: FlowUnderTest): Promise<FlowUnderTest> {
  const other = startFlow({ ports: new FakePorts({ clock: under.ports.clock }), client: under.client });
  await other.loaded();
  return other;
}

const attemptOf = ({ flow: { state } }: FlowUnderTest) => (isBusy(state) ? state.attempt : null);

describe('after a reload', () => {
  test('an attempt goes on under its name, asks at once, and has its end', async () => {
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

  test('an account that became ACTIVE meanwhile is the end of its attempt', async () => {
    const before = await awaitingFlow();
    before.report('ACTIVE');
    const after = await reload(before);
    assert.deepEqual(after.ends, ['connected']);
    assert.equal(after.flow.state.phase, 'connected');
  });

  test('so is one that failed', async () => {
    const before = await awaitingFlow();
    before.report('FAILED');
    const after = await reload(before);
    assert.deepEqual(after.ends, ['failed: connection_failed']);
  });

  test('it ends when its link ends, not ten minutes later', async () => {
    const before = await awaitingFlow();
    await before.ports.clock.advance(400_000);
    const after = await reload(before);
    await after.ports.clock.advance(199_000);
    assert.deepEqual(after.ends, []);
    await after.ports.clock.advance(1000);
    assert.deepEqual(after.ends, ['failed: link_expired']);
  });

  test('the callback page is still heard', async () => {
    const before = await awaitingFlow();
    const after = await reload(before);
    after.ports.callback(attemptOf(before));
    assert.equal(after.flow.state.phase, 'confirming');
  });

  test('the window can be opened again, with a link that the backend gives once more', async () => {
    const after = await reload(await awaitingFlow());
    assert.equal(after.flow.redirectUrl, null);
    after.flow.reopen();
    await until(() => after.ports.windows[0]?.urls.length === 1);
    assert.equal(after.client.count('link'), 2);
    after.report('ACTIVE');
    await after.ports.clock.advance(1200);
    assert.deepEqual(after.ends, ['connected']);
  });

  test('a link that cannot be had again ends nothing: the first window may still finish', async () => {
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

  test('nor does one that the popup blocker refuses as well', async () => {
    const after = await reload(await awaitingFlow());
    after.ports.refusesWindows = true;
    after.client.next('link', () => Promise.reject(httpFailure(500, 'internal_error')));
    after.flow.reopen();
    await until(() => after.flow.state.error !== null);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.deepEqual(after.ends, []);
  });

  test('a link that is refused because the account is ACTIVE is the end that was wanted', async () => {
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
    test(`a backend that makes another account: the ${which} window may finish, and the other account ends nothing`, async () => {
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

  test('an attempt that the user called off stays called off', async () => {
    const before = await awaitingFlow();
    before.flow.cancel('user');
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'ready');
    assert.deepEqual(after.ends, []);
  });

  test('an attempt whose link has ended is forgotten', async () => {
    const before = await awaitingFlow();
    before.ports.clock.sleep(600_000);
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'ready');
    assert.equal(after.ports.storage.records.size, 0);
  });

  test('another user of the same browser does not take it over', async () => {
    const before = await awaitingFlow();
    before.client.accounts = [];
    const after = await reload(before, { settings: { storageKey: 'of-another-user' } });
    assert.equal(after.flow.state.phase, 'ready');
  });

  test('a storage that forgets costs the name, not the attempt: the server knows of it', async () => {
    const before = await awaitingFlow();
    before.ports.storage.records.clear();
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'awaiting-authorization');
    assert.notEqual(attemptOf(after), attemptOf(before));
    after.report('ACTIVE');
    await after.ports.clock.advance(600);
    assert.deepEqual(after.ends, ['connected']);
  });

  test('with another account connected meanwhile, an old attempt does not hide it', async () => {
    const before = await awaitingFlow();
    before.client.accounts = [...before.client.accounts, connectedAccount({ id: 'ca_of_another_tab' })];
    const after = await reload(before);
    assert.equal(after.flow.state.phase, 'connected');
    assert.equal(after.flow.state.account?.id, 'ca_of_another_tab');
    assert.deepEqual(after.ends, []);
  });

  test('unless several may be connected', async () => {
    const settings = { allowMultiple: true };
    const before = await awaitingFlow({ settings });
    before.client.accounts = [connectedAccount(), ...before.client.accounts];
    const after = await reload(before, { settings });
    assert.equal(attemptOf(after), attemptOf(before));
  });
});

describe('in another tab', () => {
  test('a pending account is waited for there as well, and both tabs have their end', async () => {
    const first = await awaitingFlow();
    const second = await otherTab(first);
    assert.equal(second.flow.state.phase, 'awaiting-authorization');
    first.report('ACTIVE');
    await first.ports.clock.advance(1200);
    assert.deepEqual([first.ends, second.ends], [['connected'], ['connected']]);
  });

  test('the callback page is heard whatever attempt it names', async () => {
    const first = await awaitingFlow();
    const second = await otherTab(first);
    await second.ports.clock.advance(500);
    const asked = second.client.count('get');
    second.ports.callback(attemptOf(first));
    await second.ports.clock.advance(0);
    assert.equal(second.client.count('get'), asked + 1);
    assert.equal(second.flow.state.phase, 'awaiting-authorization');
  });

  test('one that was called off here does not hide the one that was begun there', async () => {
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

describe('after a removal', () => {
  test('it has had its end, and whoever takes it up does so under another name', async () => {
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

  test('the window stays open: the user may be about to finish', async () => {
    const before = await awaitingFlow();
    before.flow.stop('removed');
    assert.equal(before.ports.windows[0]?.closeCalls, 0);
  });
});
