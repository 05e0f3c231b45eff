import { expect, waitUntil } from '@open-wc/testing';
import { isBusy } from '../../src/core/flow/connect-state.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { recordEvents, typesOf } from '../support/expect-events.js';
import { connectedAccount, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

const attemptOf = ({ element: { state } }: ConnectAccountHarness) => (isBusy(state) ? state.attempt : null);

describe('<connect-account> in a page that changes', () => {
  const popups = usePopups();
  useWarnings();

  it('a move within the page keeps the attempt', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const attempt = attemptOf(harness);
    const elsewhere = harness.element.parentElement?.appendChild(document.createElement('section'));
    elsewhere?.append(harness.element);
    await harness.element.updateComplete;
    expect(attemptOf(harness)).to.equal(attempt);
    expect(typesOf(harness.events)).to.deep.equal(['account-connect-start']);
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(harness.events.at(-1)?.detail.attempt).to.equal(attempt);
    expect(popups.opened[0]?.history).not.to.contain('close');
  });

  it('a removal fires one cancel event and nothing after it', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const events = recordEvents(harness.element);
    const outcome = harness.element.connect();
    harness.element.remove();
    expect(await outcome).to.deep.equal({ status: 'cancelled', reason: 'removed' });
    expect(events.map(({ detail }) => detail.reason)).to.deep.equal(['removed']);
    const asked = harness.client.calls.length;
    harness.report('ACTIVE');
    harness.callback();
    await waitUntil(() => true);
    expect([events.length, harness.client.calls.length]).to.deep.equal([1, asked]);
  });

  it('listeners at the document hear the cancel event of a removed element once', async () => {
    const harness = await mountLoaded();
    const heard: string[] = [];
    const listening = new AbortController();
    const { signal } = listening;
    const hear = (where: string) => (event: CustomEvent) => heard.push(`${where}: ${event.detail.reason}`);
    document.addEventListener('account-connect-cancel', hear('document'), { signal });
    harness.element.addEventListener('account-connect-cancel', hear('element'), { signal });
    await harness.connect();
    harness.element.parentElement?.remove();
    await Promise.resolve();
    listening.abort();
    expect(heard).to.deep.equal(['element: removed', 'document: removed']);
  });

  it('a listener that removes the element does not make the document hear the event twice', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const heard = recordEvents(document);
    harness.element.addEventListener('account-connected', () => harness.element.remove());
    harness.report('ACTIVE');
    await waitUntil(() => !harness.element.isConnected);
    expect(typesOf(heard)).to.deep.equal(['account-connect-status', 'account-connected']);
  });

  it('a removal leaves the window open, because the user may be about to finish', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.element.remove();
    await Promise.resolve();
    expect(popups.opened[0]?.closed).to.equal(false);
  });

  it('an element that is inserted again resumes the attempt under another id and fires its end', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const attempt = attemptOf(harness);
    const place = harness.element.parentElement;
    harness.element.remove();
    await Promise.resolve();
    place?.append(harness.element);
    await harness.reaches('awaiting-authorization');
    expect(attemptOf(harness)).not.to.equal(attempt);
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(typesOf(harness.events).at(-1)).to.equal('account-connected');
  });

  it('a reloaded page resumes the attempt and fires its end', async () => {
    const before = await mountLoaded();
    await before.connect();
    const storage = { ...sessionStorage };
    const attempt = attemptOf(before);
    // A reload takes the page away without a removal, so the storage is as it was before it.
    before.element.remove();
    await Promise.resolve();
    const after = await mountLoaded({ client: before.client, storage });
    await after.reaches('awaiting-authorization');
    expect(attemptOf(after)).to.equal(attempt);
    expect(after.text('status')).to.contain('Window closed?');
    after.report('ACTIVE');
    await after.reaches('connected');
    expect(typesOf(after.events)).to.deep.equal(['account-connect-status', 'account-connected']);
  });

  it('another user-id ends the attempt, and only the new user is shown', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.client.accounts = [connectedAccount({ displayName: 'somebody else' })];
    harness.element.userId = 'user_2';
    await harness.reaches('connected');
    expect(harness.text('identity')).to.equal('somebody else');
    expect(harness.events.at(-1)?.detail.reason).to.equal('host');
    expect(harness.client.given('list')[1]).to.deep.include({ userId: 'user_2' });
  });

  it('settings of the next attempt do not change the current one', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    Object.assign(harness.element, { alias: 'work', label: 'Go', timeout: 60_000, sessionToken: 'other' });
    await harness.element.updateComplete;
    expect(harness.phase).to.equal('awaiting-authorization');
  });

  it('two elements share neither an attempt nor its outcome', async () => {
    const [one, other] = [await mountLoaded(), await mountLoaded({ attributes: { 'auth-config-id': 'ac_other' } })];
    expect(other.phase).to.equal('misconfigured');
    await one.connect();
    one.report('ACTIVE');
    await one.reaches('connected');
    expect(other.events).to.deep.equal([]);
  });

  it('two elements with different clients share no attempt that waits', async () => {
    const one = await mountLoaded();
    await one.connect();
    const storage = { ...sessionStorage };
    const other = await mountLoaded({ client: new MemoryClient(), storage });
    expect([one.phase, other.phase]).to.deep.equal(['awaiting-authorization', 'ready']);
    expect(other.client.count('get')).to.equal(0);
  });

  it('200 mounts and removals leave no listener on the page', async () => {
    const counts = { added: 0, removed: 0 };
    const { addEventListener } = window;
    window.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      const [, , options] = given;
      counts.added += 1;
      const { signal } = typeof options === 'object' ? options : { signal: undefined };
      signal?.addEventListener('abort', () => {
        counts.removed += 1;
      });
      addEventListener.apply(window, given);
    };
    const place = document.body.appendChild(document.createElement('div'));
    for (let count = 0; count < 200; count++) {
      const element = document.createElement('connect-account');
      Object.assign(element, { userId: 'user_1', authConfigId: 'ac_github', client: new MemoryClient() });
      place.append(element);
      void element.connect();
      element.remove();
      await Promise.resolve();
    }
    window.addEventListener = addEventListener;
    place.remove();
    expect(counts.added).to.be.greaterThan(199);
    expect(counts.removed).to.equal(counts.added);
  });
});
