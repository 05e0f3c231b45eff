import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runningAttempts } from '../../src/core/flow/attempt-record.js';
import { AT_REST, NOTHING_LEFT } from '../support/fake-ports.js';
import { settingsWith } from '../support/flow-settings.js';
import { awaitingFlow, describeOutcome, startFlow } from '../support/flow-under-test.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';

describe('loading', () => {
  test('a flow without accounts is ready after loading', async () => {
    const under = startFlow();
    await under.loaded();
    assert.deepEqual(under.phases, ['ready']);
    assert.equal(under.flow.state.authConfig?.toolkit.name, 'GitHub');
  });

  for (const [status, phase] of [
    ['ACTIVE', 'connected'],
    ['EXPIRED', 'needs-attention'],
    ['REVOKED', 'needs-attention'],
    ['FAILED', 'needs-attention'],
    ['INACTIVE', 'needs-attention'],
  ] as const) {
    test(`loading an account that is ${status} leads to ${phase} and ends no attempt`, async () => {
      const under = startFlow({ accounts: [connectedAccount({ status })] });
      await under.loaded();
      assert.equal(under.flow.state.phase, phase);
      assert.deepEqual(under.ends, []);
    });
  }

  test('a failed load leads to failed, and the next click works', async () => {
    const client = new MemoryClient(() => Date.parse('2026-03-01T12:00:00Z'));
    client.next('list', () => Promise.reject(httpFailure(0, 'network_error')));
    const under = startFlow({ client });
    await under.loaded();
    assert.equal(under.flow.state.phase, 'failed');
    assert.equal(under.flow.state.error?.code, 'network_error');
    await under.connect();
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
  });

  test('the next click after a failed load loads again and asks for the key instead of a link', async () => {
    const client = new MemoryClient();
    const key = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
    client.configs = [authConfig({ authScheme: 'API_KEY', fields: [key] })];
    client.next('authConfigs', () => Promise.reject(httpFailure(0, 'network_error')));
    const under = startFlow({ client });
    await under.loaded();
    void under.flow.connect();
    await under.reaches('collecting-credentials');
    assert.deepEqual([client.count('link'), under.ports.windows[0]?.closeCalls], [0, 1]);
    assert.equal(client.count('authConfigs'), 2);
  });

  test('an attempt still gets its link if loading fails a second time', async () => {
    const client = new MemoryClient();
    client.always('authConfigs', () => Promise.reject(httpFailure(500, 'internal_error')));
    const under = startFlow({ client });
    await under.connect();
    assert.equal(under.flow.state.phase, 'awaiting-authorization');
    under.flow.stop('removed');
    assert.deepEqual(under.ports.leftovers, NOTHING_LEFT);
  });

  test('loading a disabled auth config leads to misconfigured', async () => {
    const client = new MemoryClient();
    client.configs = [authConfig({ isDisabled: true })];
    const under = startFlow({ client });
    await under.loaded();
    assert.equal(under.flow.state.phase, 'misconfigured');
    assert.equal(under.flow.state.authConfig?.toolkit.name, 'GitHub', 'the app can be named');
  });

  test('invalid settings prevent loading, and a click reports them once more', async () => {
    const under = startFlow({ settings: { userId: '' } });
    assert.equal(under.flow.state.phase, 'misconfigured');
    const outcome = await under.flow.connect();
    assert.equal(describeOutcome(outcome), 'failed: invalid_configuration');
    assert.deepEqual(under.ends, ['failed: invalid_configuration']);
    assert.deepEqual([under.client.calls, under.ports.windows], [[], []]);
  });
});

describe('connect during loading', () => {
  test('connect during loading opens the window at once and waits for the result', async () => {
    const under = startFlow();
    const outcome = under.flow.connect();
    assert.equal(under.ports.windows.length, 1);
    assert.equal(under.client.count('link'), 0);
    await under.reaches('awaiting-authorization');
    under.report('ACTIVE');
    await under.ports.clock.advance(1200);
    assert.equal(describeOutcome(await outcome), 'connected');
  });

  test('connect during loading ends as connected and closes the window if an ACTIVE account is found', async () => {
    const under = startFlow({ accounts: [connectedAccount()] });
    assert.equal(describeOutcome(await under.flow.connect()), 'connected');
    assert.deepEqual([under.ports.windows[0]?.urls, under.ports.windows[0]?.closeCalls], [[], 1]);
    assert.equal(under.client.count('link'), 0);
    assert.equal(under.flow.state.phase, 'connected');
  });

  test('connect during loading continues if loading fails', async () => {
    const client = new MemoryClient(() => Date.parse('2026-03-01T12:00:00Z'));
    client.next('list', () => Promise.reject(httpFailure(500, 'internal_error')));
    const under = startFlow({ client });
    void under.flow.connect();
    await under.reaches('awaiting-authorization');
    assert.equal(under.flow.state.error, null);
  });
});

describe('changed settings', () => {
  test('new settings cancel the current attempt and start again', async () => {
    const under = await awaitingFlow();
    const other = new MemoryClient();
    other.accounts = [connectedAccount({ id: 'ca_of_user_2' })];
    under.flow.start(settingsWith({ client: other, userId: 'user_2', storageKey: 'user 2' }));
    assert.equal(describeOutcome(await under.outcome), 'cancelled: host');
    await under.reaches('connected');
    assert.equal(under.flow.state.account?.id, 'ca_of_user_2');
    await under.ports.clock.advance(0);
    assert.deepEqual(under.ports.leftovers, AT_REST);
  });

  test('new settings discard a load that is still running for the old ones', async () => {
    const under = startFlow();
    let answer = (_: unknown) => {};
    under.client.always('list', () => new Promise((resolve) => (answer = resolve)));
    under.flow.start({ ...under.settings, userId: 'user_2' });
    under.client.always('list');
    under.flow.start({ ...under.settings, userId: 'user_3' });
    await under.loaded();
    answer({ items: [connectedAccount({ id: 'ca_of_user_2' })], nextCursor: null, totalPages: 1 });
    await under.ports.clock.advance(0);
    assert.equal(under.flow.state.phase, 'ready');
  });

  test('adjusted settings leave the current attempt alone', async () => {
    const under = await awaitingFlow();
    under.flow.adjust({ ...under.settings, alias: 'work' });
    assert.deepEqual(under.ends, []);
    under.flow.cancel('user');
    await under.connect();
    assert.equal((under.client.given('link')[2] as { alias: string }).alias, 'work');
  });
});

test('an attempt that begins at the cancel of another one is known, and can be cancelled', async () => {
  const under = await awaitingFlow();
  let second: Promise<unknown> | undefined;
  const unsubscribe = under.flow.subscribe((_, __, { type }) => {
    if (type !== 'ended') return;
    unsubscribe();
    second = under.flow.connect();
  });
  under.flow.cancel('user');
  assert.equal(under.flow.connect(), second);
  assert.equal(under.ports.windows.length, 2);
  await under.reaches('awaiting-authorization');
  under.flow.cancel('user');
  assert.deepEqual(under.ends, ['cancelled: user', 'cancelled: user']);
});

describe('stop', () => {
  for (const phase of ['loading', 'ready', 'preparing', 'awaiting-authorization'] as const) {
    test(`stopping in phase ${phase} leaves no timer and no listener, and nothing happens afterwards`, async () => {
      const under = startFlow();
      if (phase !== 'loading') await under.loaded();
      if (phase === 'preparing') void under.flow.connect();
      if (phase === 'awaiting-authorization') await under.connect();
      under.flow.stop('removed');
      const events = under.events.length;
      await under.ports.clock.advance(700_000);
      assert.deepEqual(under.ports.leftovers, NOTHING_LEFT);
      assert.equal(under.events.length, events);
    });
  }

  test('200 starts and stops leave no timer and no listener', async () => {
    const under = startFlow();
    const running = runningAttempts.size;
    for (let mount = 0; mount < 200; mount++) {
      under.flow.start(under.settings);
      void under.flow.connect();
      under.flow.stop('removed');
    }
    await under.ports.clock.advance(1000);
    assert.deepEqual(under.ports.leftovers, NOTHING_LEFT);
    assert.equal(under.ends.length, 200);
    assert.equal(runningAttempts.size, running);
  });

  test('connect after stop does nothing', async () => {
    const under = startFlow();
    under.flow.stop('removed');
    assert.equal(describeOutcome(await under.flow.connect()), 'cancelled: removed');
    assert.equal(under.ports.windows.length, 0);
  });
});

test('a listener that has unsubscribed is not called again', async () => {
  const under = startFlow();
  let heard = 0;
  const unsubscribe = under.flow.subscribe(() => {
    heard += 1;
  });
  await under.loaded();
  assert.equal(heard, 1);
  unsubscribe();
  void under.flow.connect();
  assert.equal(heard, 1);
});

test('all listeners hear of a transition by the same states, also where the first one causes the next', async () => {
  const under = startFlow();
  await under.loaded();
  under.flow.subscribe(({ phase }) => {
    if (phase === 'preparing') under.flow.cancel('host');
  });
  const heard: string[] = [];
  under.flow.subscribe((state, previous, { type }) => heard.push(`${type}: ${previous.phase}, ${state.phase}`));
  await under.flow.connect();
  assert.deepEqual(heard.sort(), ['ended: preparing, ready', 'started: ready, preparing']);
});
