import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { placed } from '../support/account-menu-harness.js';
import { accountsOfAges } from '../support/account-pages.js';
import {
  type AccountsListHarness,
  accountsInAllStatuses,
  createPagedClient,
  mountList,
  mountLoadedList,
} from '../support/accounts-list-harness.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

/** 1280 × 1024 at 400 % zoom. */
const ZOOMED = { width: 320, height: 256 };

const boxOf = (element: Element | null | undefined) => element?.getBoundingClientRect() ?? new DOMRect();

/** Whether two boxes share more than a line. */
const overlap = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;

/** The parts of a row that lie over one another, or out of it, by name. */
function clashesIn(row: HTMLElement): string[] {
  const parts = ['.logo', '.name', '.identity', '.badge', '.time', '.row-action'].flatMap((name) =>
    [...row.querySelectorAll(name)].map((element) => ({ name, box: boxOf(element) })),
  );
  const frame = boxOf(row);
  return parts.flatMap(({ name, box }, index) => [
    ...(box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom
      ? [`${name} leaves the row`]
      : []),
    ...parts
      .slice(index + 1)
      .filter((other) => overlap(box, other.box))
      .map((other) => `${name} and ${other.name}`),
  ]);
}

/** WCAG 1.4.12, as a user's own style sheet sets it. */
function spaceText({ root }: AccountsListHarness): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  );
  (root as ShadowRoot).adoptedStyleSheets.push(sheet);
}

describe('the layout of <connected-accounts-list>', () => {
  afterEach(async () => {
    document.documentElement.removeAttribute('dir');
    await setViewport({ width: 800, height: 600 });
  });

  it('keeps its styles after a move to another document', async () => {
    const { element, rows } = await mountLoadedList({ accounts: accountsOfAges(1) });
    const [row] = rows as [HTMLElement];
    const padding = () => row.ownerDocument.defaultView?.getComputedStyle(row).paddingTop;
    const before = padding();
    expect(before).to.not.equal('0px');
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.contentDocument?.body.append(element);
    expect(padding()).to.equal(before);
    frame.remove();
  });

  for (const width of [1100, 800, 640, 320]) {
    for (const dir of ['ltr', 'rtl']) {
      it(`places the parts of a row side by side at ${width} pixels, ${dir}`, async () => {
        document.documentElement.dir = dir;
        await setViewport({ width, height: 640 });
        const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
        expect(harness.rows.flatMap(clashesIn)).to.deep.equal([]);
        expect(document.documentElement.scrollWidth).to.equal(width);
      });
    }

    it(`supports the text spacing of WCAG 1.4.12 at ${width} pixels`, async () => {
      await setViewport({ width, height: 640 });
      const harness = await mountLoadedList({ accounts: accountsInAllStatuses(), attributes: { limit: '6' } });
      spaceText(harness);
      expect(harness.rows.flatMap(clashesIn)).to.deep.equal([]);
      const cut = [...(harness.root as ShadowRoot).querySelectorAll('.name, .identity, .badge, .time, .more')].filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          clientWidth > 0 && (scrollWidth > clientWidth || scrollHeight > clientHeight),
      );
      expect(cut.map((element) => element.textContent)).to.deep.equal([]);
    });

    it(`does not move when the rows replace the placeholders at ${width} pixels`, async () => {
      await setViewport({ width, height: 640 });
      const client = createPagedClient(accountsOfAges(4));
      let answer = () => {};
      client.next(
        'list',
        () =>
          new Promise(
            (resolve) => (answer = () => resolve({ items: client.accounts, nextCursor: null, totalPages: 1 })),
          ),
      );
      const harness = await mountList({ client, around: '<div><div data-here></div><p>What comes after.</p></div>' });
      const shifts: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      });
      observer.observe({ type: 'layout-shift' });
      await placed();
      const before = [...(harness.root as ShadowRoot).querySelectorAll('.row')].map((row) => boxOf(row).height);
      answer();
      await harness.until(() => harness.rows.length === 4, 'the rows');
      await placed();
      await new Promise((resolve) => setTimeout(resolve));
      shifts.push(...observer.takeRecords().map((entry) => (entry as PerformanceEntry & { value: number }).value));
      observer.disconnect();
      expect(shifts).to.deep.equal([]);
      expect(harness.rows.map((row) => boxOf(row).height)).to.deep.equal(before);
    });
  }

  for (const action of ['Disconnect', 'Rename']) {
    it(`fits the whole panel at 400 % zoom: ${action}`, async () => {
      await setViewport(ZOOMED);
      const harness = await mountLoadedList({ accounts: accountsOfAges(5) });
      harness.action('ca_2', action).scrollIntoView({ block: 'center' });
      await harness.act('ca_2', action);
      await placed();
      const panel = harness.find('.menu-panel') as HTMLElement;
      const { left, right, top, bottom } = boxOf(panel);
      expect([left >= 0, right <= ZOOMED.width, top >= 0, bottom <= ZOOMED.height]).to.deep.equal(Array(4).fill(true));
      expect(panel.scrollHeight).to.equal(panel.clientHeight);
      expect(document.documentElement.scrollWidth).to.equal(ZOOMED.width);
    });
  }

  it('opens a panel at the end of the line, also from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    await harness.act('ca_0', 'Disconnect');
    await placed();
    const [panel, button] = [harness.find('.menu-panel'), harness.action('ca_0', 'Disconnect')].map(boxOf);
    expect(Math.abs((panel?.left ?? 0) - (button?.left ?? Number.NaN))).to.be.below(1);
    expect(panel?.top).to.be.above(button?.bottom ?? Number.NaN);
  });

  it('shows the answers to a question, and the rows below a notice, beside a login of 10,000 letters', async () => {
    await setViewport({ width: 320, height: 480 });
    const login = connectedAccount({ id: 'ca_0', alias: null, displayName: 'W'.repeat(10_000) });
    const harness = await mountLoadedList({ accounts: [login, connectedAccount({ id: 'ca_1' })] });
    await harness.act('ca_0', 'Disconnect');
    const answer = harness.find('[part="confirm"] [data-action="disconnect"]');
    await harness.until(() => (answer?.getBoundingClientRect().top ?? 0) > 0, 'the question');
    expect(answer?.getBoundingClientRect().bottom).to.be.lessThan(480);
    harness.client.next('delete', () => Promise.reject(httpFailure(404, 'not_found')));
    answer?.click();
    await harness.until(() => harness.find('.notice') !== null, 'the notice');
    expect(harness.find('.notice')?.clientHeight).to.be.lessThan(240);
    await setViewport({ width: 800, height: 600 });
  });

  it('keeps a question beside its button when another tab changes the actions of the row', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    await harness.act('ca_0', 'Disconnect');
    harness.client.change('ca_0', { status: 'EXPIRED' });
    const channel = new BroadcastChannel('connect-account');
    channel.postMessage({ type: 'connect-account:accounts', ids: ['ca_0'] });
    await harness.until(() => harness.text('ca_0', 'badge') !== 'Connected', 'the change');
    channel.close();
    const button = harness.action('ca_0', 'Disconnect').getBoundingClientRect();
    const top = harness.find('[part="confirm"]')?.getBoundingClientRect().top;
    expect(top).to.be.within(button.bottom, button.bottom + 20);
  });

  it('is correct at once after a change of width, for visible and hidden rows', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(40), attributes: { limit: '50' } });
    const heights = () => harness.rows.map((row) => boxOf(row).height);
    const wide = heights();
    await setViewport({ width: 320, height: 600 });
    await placed();
    await setViewport({ width: 800, height: 600 });
    expect(heights()).to.deep.equal(wide);
  });

  it('clamps a login of 300 characters to two lines', async () => {
    const long = connectedAccount({ displayName: 'a'.repeat(300), alias: 'b c '.repeat(75) });
    const harness = await mountLoadedList({ accounts: [long] });
    expect(harness.rows.flatMap(clashesIn)).to.deep.equal([]);
  });
});
