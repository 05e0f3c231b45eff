import { expect } from '@open-wc/testing';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { agoChangesAt, formatCount, RelativeTime } from '../../src/elements/connected-accounts-list/row-times.js';
import { type AccountsListHarness, mountList } from '../support/accounts-list-harness.js';
import { connectedAccount } from '../support/memory-client.js';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

describe('the ages in <connected-accounts-list>', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = useFakeTimers({ now: Date.parse('2026-03-01T12:00:00Z'), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    clock.restore();
    Reflect.deleteProperty(document, 'visibilityState');
  });

  const accountOf = (age: number, different: Partial<ConnectedAccount> = {}): ConnectedAccount => {
    const createdAt = new Date(clock.now - age).toISOString();
    return connectedAccount({ id: `ca_${age}`, createdAt, updatedAt: createdAt, ...different });
  };
  const mountAccounts = async (...accounts: readonly ConnectedAccount[]): Promise<AccountsListHarness> => {
    const harness = await mountList({ accounts });
    // No time passes. It loads at the end of the task that it was mounted in, which is a timer too.
    while (harness.element.loading) await clock.tickAsync(0);
    await harness.element.updateComplete;
    return harness;
  };
  const mountAges = (...ages: readonly number[]) => mountAccounts(...ages.map((age) => accountOf(age)));
  /** Lets time pass until the only timer that is set has fired; returns how long that took. */
  const passOnlyTimer = (): number => {
    expect(clock.countTimers()).to.equal(1);
    const before = clock.now;
    return clock.next() - before;
  };
  const agesOf = (harness: AccountsListHarness) =>
    harness.rows.map((row) => row.querySelector('time')?.textContent?.trim());
  const hide = (hidden: boolean): void => {
    Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };

  it('are updated while the page is open', async () => {
    const harness = await mountAges(30 * SECOND, 2 * MINUTE, 3 * DAY);
    expect(agesOf(harness)).to.deep.equal(['now', '2 minutes ago', '3 days ago']);
    expect(passOnlyTimer()).to.equal(30 * SECOND);
    await harness.element.updateComplete;
    expect(agesOf(harness)).to.deep.equal(['1 minute ago', '2 minutes ago', '3 days ago']);
    expect(passOnlyTimer()).to.equal(30 * SECOND);
    await harness.element.updateComplete;
    expect(agesOf(harness)).to.deep.equal(['1 minute ago', '3 minutes ago', '3 days ago']);
  });

  it('need one timer for the whole list, with the longest possible delay', async () => {
    await mountAges(...Array.from({ length: 20 }, (_, day) => (day + 1) * DAY + HOUR));
    expect(passOnlyTimer()).to.equal(23 * HOUR);
  });

  it('are updated at most every 10 seconds, however many rows there are', async () => {
    await mountAges(...Array.from({ length: 20 }, (_, index) => MINUTE - 2 * SECOND - index));
    expect(passOnlyTimer()).to.equal(10 * SECOND);
  });

  it('are rendered again in their own row only', async () => {
    const harness = await mountAges(30 * SECOND, 2 * MINUTE, 3 * DAY);
    const touched = new Set<string | undefined>();
    const observer = new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        touched.add(target.parentElement?.closest<HTMLElement>('[part="row"]')?.dataset['account']);
      }
    });
    observer.observe(harness.find('.list') as Element, { characterData: true, childList: true, subtree: true });
    clock.tick(30 * SECOND);
    await harness.element.updateComplete;
    await Promise.resolve();
    observer.disconnect();
    expect([...touched]).to.deep.equal([`ca_${30 * SECOND}`]);
  });

  it('need no timer without rows or after the list is removed', async () => {
    await mountAccounts();
    expect(clock.countTimers()).to.equal(0);
    const harness = await mountAges(2 * MINUTE);
    expect(clock.countTimers()).to.equal(1);
    harness.element.remove();
    await harness.element.updateComplete;
    expect(clock.countTimers()).to.equal(0);
  });

  it('need no timer while the page is hidden, and are correct when it is shown again', async () => {
    const harness = await mountAges(2 * MINUTE);
    hide(true);
    expect(clock.countTimers()).to.equal(0);
    clock.tick(2 * HOUR);
    hide(false);
    await harness.element.updateComplete;
    expect(agesOf(harness)).to.deep.equal(['2 hours ago']);
    expect(clock.countTimers()).to.equal(1);
  });

  it('show that a connection was never finished when its link has expired', async () => {
    const pending = accountOf(9 * MINUTE, { status: 'INITIATED', displayName: null });
    const harness = await mountAccounts(pending);
    expect(harness.text(pending.id, 'badge')).to.equal('Not finished');
    clock.tick(MINUTE);
    await harness.element.updateComplete;
    expect(harness.text(pending.id, 'badge')).to.equal('Never finished');
  });

  it('change exactly at the time that agoChangesAt() returns', () => {
    const words = new RelativeTime('en');
    const ages = [0, 1, 59, 60, 61, 3599, 3600, 86_399, 86_400, 604_799, 604_800, 2_500_000, 2_629_800, 40_000_000];
    for (const age of [-5000, ...ages.map((seconds) => seconds * SECOND)]) {
      const time = clock.now - age;
      const until = agoChangesAt(time, clock.now);
      const now = words.ago(time, clock.now);
      expect([age, words.ago(time, until - 1)]).to.deep.equal([age, now]);
      expect([age, words.ago(time, until)]).not.to.deep.equal([age, now]);
    }
  });

  it('dates follow the full tag of the page', () => {
    const january = Date.parse('2026-01-15T12:00:00Z');
    expect(new RelativeTime('de-at').date(january)).to.contain('Jänner');
    expect(new RelativeTime('de-de').date(january)).to.contain('Januar');
    expect(new RelativeTime('fr').ago(clock.now - DAY, clock.now)).to.equal('hier');
    expect(new RelativeTime('el').ago(clock.now - DAY, clock.now)).to.equal('χθες');
  });

  it('are in English where a tag is unknown or is none', () => {
    for (const tag of ['tlh', 'x!', '__proto__', 'constructor', ''])
      expect(new RelativeTime(tag).ago(clock.now - DAY, clock.now)).to.equal('yesterday');
    expect(formatCount(1234, 'x!')).to.equal('1,234');
  });

  it('the number of accounts is written as the language of the page writes numbers', () => {
    const counts = ['en', 'de', 'de-at', 'fa', 'ar-eg'].map((tag) => formatCount(1234, tag).replace(/\s/g, ' '));
    expect(counts).to.deep.equal(['1,234', '1.234', '1 234', '۱٬۲۳۴', '١٬٢٣٤']);
  });
});
