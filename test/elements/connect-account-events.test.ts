import { expect, waitUntil } from '@open-wc/testing';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { typesOf } from '../support/expect-events.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

const last = ({ events }: ConnectAccountHarness) => events.at(-1);

describe('<connect-account> events', () => {
  const popups = usePopups();
  useWarnings();

  it('the start event comes before the window, and the window before the first await', async () => {
    const { element, trigger, events, client } = await mountLoaded();
    const order: string[] = [];
    element.addEventListener('account-connect-start', () => order.push(`start, ${popups.opened.length} windows`));
    trigger.click();
    order.push(`click is over, ${popups.opened.length} window, ${client.count('link')} links`);
    expect(order).to.deep.equal(['start, 0 windows', 'click is over, 1 window, 0 links']);
    expect(typesOf(events)).to.deep.equal(['account-connect-start']);
  });

  it('a prevented start event starts nothing', async () => {
    const { element, trigger, events, client } = await mountLoaded();
    element.addEventListener('account-connect-start', (event) => event.preventDefault(), { once: true });
    const outcome = element.connect();
    expect(await outcome).to.deep.equal({ status: 'cancelled', reason: 'host' });
    expect([popups.opened.length, client.count('link'), element.state.phase]).to.deep.equal([0, 0, 'ready']);
    trigger.click();
    expect(typesOf(events)).to.deep.equal(['account-connect-start', 'account-connect-start']);
    expect(popups.opened).to.have.length(1);
  });

  it('a successful attempt fires start, status and connected', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('ACTIVE', { displayName: 'octocat' });
    await harness.reaches('connected');
    const [start, status, connected] = harness.events;
    expect(typesOf(harness.events)).to.deep.equal([
      'account-connect-start',
      'account-connect-status',
      'account-connected',
    ]);
    const { attempt } = start?.detail ?? {};
    expect(start?.detail).to.deep.equal({ userId: 'user_1', authConfigId: 'ac_github', attempt });
    expect(status?.detail).to.deep.equal({
      connectedAccountId: 'ca_new_1',
      status: 'ACTIVE',
      previousStatus: 'INITIATED',
    });
    expect(connected?.detail).to.deep.equal({ account: harness.element.account, attempt });
  });

  it('a failed attempt fires one error with the id of its account', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('FAILED');
    await harness.reaches('failed');
    const ends = typesOf(harness.events).slice(2);
    expect(ends).to.deep.equal(['account-connect-error']);
    expect(last(harness)?.detail.error).to.deep.equal(harness.element.error);
    expect(last(harness)?.detail.error.code).to.equal('connection_failed');
    expect(last(harness)?.detail.connectedAccountId).to.equal('ca_new_1');
  });

  it('an attempt that fails before its link fires one error without an account', async () => {
    const harness = await mountLoaded();
    harness.client.next('link', () => Promise.reject(httpFailure(429, 'rate_limited')));
    harness.trigger.click();
    await harness.reaches('failed');
    expect(typesOf(harness.events)).to.deep.equal(['account-connect-start', 'account-connect-error']);
    expect(Object.keys(last(harness)?.detail)).to.deep.equal(['error', 'attempt']);
  });

  it('an attempt that the user cancels fires one cancel event', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.click('cancel');
    expect(typesOf(harness.events)).to.deep.equal(['account-connect-start', 'account-connect-cancel']);
    expect(last(harness)?.detail.reason).to.equal('user');
  });

  it('wrong settings fire an error at the click, and only then', async () => {
    const harness = await mountLoaded({ attributes: { timeout: '-1' } });
    expect(harness.events).to.deep.equal([]);
    harness.trigger.click();
    expect(typesOf(harness.events)).to.deep.equal(['account-connect-start', 'account-connect-error']);
    expect(last(harness)?.detail.error.code).to.equal('invalid_configuration');
  });

  it('no event is fired for an account that existed at load, or for a failed reading', async () => {
    expect((await mountLoaded({ accounts: [connectedAccount()] })).events).to.deep.equal([]);
    expect((await mountLoaded({ accounts: [connectedAccount({ status: 'EXPIRED' })] })).events).to.deep.equal([]);
    const harness = await mountLoaded({ configs: [] });
    expect([harness.phase, harness.events]).to.deep.equal(['misconfigured', []]);
  });

  it('setting a property fires no event', async () => {
    const { element, events } = await mountLoaded({ accounts: [connectedAccount()] });
    Object.assign(element, { alias: 'work', label: 'Go', timeout: 1000, allowMultiple: true, userId: 'user_2' });
    Object.assign(element, { disabled: true, required: true, name: 'x', messages: { connect: 'Go' } });
    await element.updateComplete;
    expect(events).to.deep.equal([]);
  });

  it('a late response to a disconnect does not change the account of the next user', async () => {
    const harness = await mountLoaded({ accounts: [connectedAccount()] });
    let answer = () => {};
    harness.client.next('delete', () => new Promise<void>((resolve) => (answer = resolve)));
    const disconnecting = harness.element.disconnect();
    harness.client.accounts = [connectedAccount({ id: 'ca_of_user_2' })];
    harness.element.userId = 'user_2';
    await waitUntil(() => harness.element.account?.id === 'ca_of_user_2', 'the other user');
    answer();
    await disconnecting;
    await harness.element.updateComplete;
    expect([harness.phase, harness.element.account?.id]).to.deep.equal(['connected', 'ca_of_user_2']);
  });

  it("a disconnect fires a cancelable start, and its end after the server's confirmation", async () => {
    const { element, events, client } = await mountLoaded({ accounts: [connectedAccount()] });
    element.addEventListener('account-disconnect-start', (event) => event.preventDefault(), { once: true });
    expect(await element.disconnect()).to.equal(false);
    expect(client.count('delete')).to.equal(0);
    expect(await element.disconnect()).to.equal(true);
    expect(typesOf(events).slice(1)).to.deep.equal(['account-disconnect-start', 'account-disconnected']);
    expect(events.at(-1)?.detail.account.id).to.equal('ca_1');
  });

  it('a failed disconnect fires only its start event', async () => {
    const { element, events, client } = await mountLoaded({ accounts: [connectedAccount()] });
    client.next('delete', () => Promise.reject(httpFailure(502, 'upstream_error')));
    expect(await element.disconnect()).to.equal(false);
    expect(typesOf(events)).to.deep.equal(['account-disconnect-start']);
    expect(element.error?.code).to.equal('upstream_error');
  });

  it('ten clicks on Enable fire one update event', async () => {
    const harness = await mountLoaded({ accounts: [connectedAccount({ status: 'INACTIVE' })] });
    for (let click = 0; click < 10; click++) harness.trigger.click();
    await harness.reaches('connected');
    expect(typesOf(harness.events)).to.deep.equal(['account-updated']);
    expect(last(harness)?.detail.change).to.equal('enabled');
  });

  it('all events bubble out of shadow roots with frozen details, and only the start events are cancelable', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    await harness.element.disconnect();
    expect(harness.events).to.have.length(5);
    for (const event of harness.events) {
      expect([event.bubbles, event.composed]).to.deep.equal([true, true]);
      expect(event.cancelable).to.equal(event.type.endsWith('-start'));
      expect(Object.isFrozen(event.detail)).to.equal(true);
      for (const part of Object.values(event.detail)) expect(Object.isFrozen(part)).to.equal(true);
      expect(structuredClone(event.detail)).to.deep.equal(JSON.parse(JSON.stringify(event.detail)));
      expect(JSON.stringify(event.detail)).not.to.contain('connect.example.com');
    }
  });
});
