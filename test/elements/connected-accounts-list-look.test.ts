import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { accountsOfAges } from '../support/account-pages.js';
import {
  type AccountsListHarness,
  ALL_STATUSES,
  accountsInAllStatuses,
  createPagedClient,
  mountList,
  mountLoadedList,
} from '../support/accounts-list-harness.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const SIXTY_LETTERS = 'The account that the whole team of the northern office share';
const WIDE = { width: 800, height: 600 };

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const boxOf = (element: Element | null | undefined) => element?.getBoundingClientRect() ?? new DOMRect();
const middleOf = (element: Element | null | undefined) => boxOf(element).top + boxOf(element).height / 2;
const part = (row: HTMLElement, name: string) => row.querySelector<HTMLElement>(`[part~="${name}"]`);

/** The names of icons that can be seen now. */
function shownNames({ root }: AccountsListHarness): string[] {
  const labels = [...root.querySelectorAll<HTMLElement>('.icon-button .label')];
  const isSeen = (label: HTMLElement) => boxOf(label).width > 1 && getComputedStyle(label).opacity !== '0';
  return labels.filter(isSeen).map((label) => label.textContent ?? '');
}

const app = (slug: string): Pick<ConnectedAccount, 'toolkit'> => ({ toolkit: { slug, name: slug.toUpperCase() } });

/** Accounts of two apps that take turns. */
const twoApps = (): ConnectedAccount[] =>
  ['one', 'two', 'one', 'two', 'one'].map((slug, index) =>
    connectedAccount({ id: `ca_${index}`, ...app(slug), displayName: `user ${index}`, createdAt: ago(index + 1) }),
  );

describe('the look of a row', () => {
  afterEach(async () => {
    await setViewport(WIDE);
    await emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' });
    document.documentElement.removeAttribute('dir');
  });

  it('every row is 60 pixels high, whatever its status, with a logo of 32 and actions of 32', async () => {
    const { rows } = await mountLoadedList({ accounts: accountsInAllStatuses() });
    for (const row of rows) {
      expect(boxOf(row).height).to.be.closeTo(60, 0.5);
      expect(boxOf(part(row, 'logo')).width).to.be.closeTo(32, 0.5);
      expect(boxOf(part(row, 'logo')).height).to.be.closeTo(32, 0.5);
      for (const action of row.querySelectorAll('.icon-button')) {
        expect(boxOf(action).width).to.be.closeTo(32, 0.5);
        expect(boxOf(action).height).to.be.closeTo(32, 0.5);
      }
    }
  });

  it('the logo, the status and the actions share one middle, and the status stands at the actions', async () => {
    const { rows } = await mountLoadedList({ accounts: accountsInAllStatuses() });
    for (const row of rows) {
      const middle = middleOf(part(row, 'logo'));
      expect(middleOf(part(row, 'badge'))).to.be.closeTo(middle, 1);
      for (const action of row.querySelectorAll('[part~="action"]')) expect(middleOf(action)).to.be.closeTo(middle, 1);
      expect(boxOf(part(row, 'actions')).left - boxOf(part(row, 'badge')).right).to.be.closeTo(14, 1);
    }
  });

  it('the app is bold, and its line of identity is muted and 13 pixels', async () => {
    const { rows } = await mountLoadedList({ accounts: [connectedAccount({ alias: 'Team' })] });
    const [row] = rows as [HTMLElement];
    const [name, identity] = [part(row, 'name'), part(row, 'identity')].map((one) => getComputedStyle(one as Element));
    expect([name?.fontWeight, name?.fontSize]).to.deep.equal(['600', '14px']);
    expect(Number.parseFloat(identity?.fontSize ?? '')).to.be.closeTo(13, 0.1);
    expect(identity?.color).not.to.equal(name?.color);
  });

  for (const width of [320, 800]) {
    it(`what is said below a row begins where its name does, with its sign on the same line, at ${width} pixels`, async () => {
      await setViewport({ width, height: 640 });
      const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
      harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
      await harness.act('ca_0', 'Disable');
      await harness.until(() => harness.find('.detail .failure-text') !== null, 'the failure');
      const [sign, text] = ['.detail .icon', '.failure-text'].map((one) => boxOf(harness.find(one)));
      expect(sign?.left).to.be.closeTo(boxOf(part(harness.row('ca_0'), 'name')).left, 0.5);
      expect(text?.left).to.be.above(sign?.right ?? 0);
      const firstLine = (text?.top ?? 0) + 9;
      expect((sign?.top ?? 0) + (sign?.height ?? 0) / 2).to.be.closeTo(firstLine, 2);
    });
  }

  it('a line parts the last row from the reason why there are no more', async () => {
    const client = createPagedClient(accountsOfAges(3));
    const harness = await mountLoadedList({ client, attributes: { limit: '2' } });
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.press('Show more');
    await harness.until(() => harness.find('.note.compact') !== null, 'the reason', 4000);
    expect(getComputedStyle(harness.find('.note.compact') as Element).borderBlockStart).to.match(/^1px solid/);
  });

  it('the placeholder of a row has a bar for the state too', async () => {
    const client = createPagedClient();
    client.next('list', () => new Promise<never>(() => {}));
    const harness = await mountList({ client });
    const [name, badge] = ['.name .bone', '.badge .bone'].map((one) => harness.find(one) as Element);
    const groundOf = (bone: Element | undefined) => getComputedStyle(bone as Element).backgroundColor;
    expect([groundOf(badge), boxOf(badge).height > 8]).to.deep.equal([groundOf(name), true]);
  });

  it('one action stands out in a row that needs attention, and none in a row that is well', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    const loud = Object.fromEntries(
      ALL_STATUSES.map((status) => [
        status,
        [...harness.row(`ca_${status}`).querySelectorAll('[part~="action"]')]
          .filter((action) => getComputedStyle(action).borderTopColor !== 'rgba(0, 0, 0, 0)')
          .map((action) => action.textContent?.trim()),
      ]),
    );
    expect(loud).to.deep.equal({
      INITIALIZING: ['Reconnect'],
      INITIATED: ['Reconnect'],
      ACTIVE: [],
      FAILED: ['Reconnect'],
      EXPIRED: ['Reconnect'],
      INACTIVE: ['Enable'],
      REVOKED: ['Reconnect'],
    });
  });

  it('each action has a part of its own beside `action`', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    const parts = [...harness.root.querySelectorAll('[part~="action"]')].map((action) => action.getAttribute('part'));
    expect([...new Set(parts)].sort()).to.deep.equal(
      ['disable', 'disconnect', 'enable', 'reconnect', 'rename'].map((name) => `action action-${name}`),
    );
  });

  it('a login of 60 letters is cut off by an ellipsis in one line, and the tooltip tells all of it', async () => {
    const harness = await mountLoadedList({ accounts: [connectedAccount({ alias: SIXTY_LETTERS })] });
    expect(boxOf(harness.row('ca_1')).height).to.be.closeTo(60, 0.5);
    expect(harness.find('.who')?.title).to.equal(`GitHub · ${SIXTY_LETTERS} · octocat`);
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`cuts nothing off and never scrolls sideways at 320 pixels with a name of 60 letters, ${dir}`, async () => {
      await setViewport({ width: 320, height: 640 });
      document.documentElement.dir = dir;
      const different = { alias: SIXTY_LETTERS, displayName: 'w'.repeat(60) };
      const accounts = accountsInAllStatuses().map((account) => ({ ...account, ...different, ...app('x'.repeat(60)) }));
      const harness = await mountLoadedList({ accounts });
      expect(document.documentElement.scrollWidth).to.equal(320);
      const seen = harness.rows.flatMap((row) => [
        ...row.querySelectorAll<HTMLElement>('[part~="name"], [part~="badge"], [part~="time"], [part~="action"]'),
      ]);
      const cut = seen.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      expect(cut.map((element) => element.textContent)).to.deep.equal([]);
      for (const row of harness.rows) {
        const who = boxOf(row.querySelector('.who'));
        expect(boxOf(part(row, 'badge')).top).to.be.at.least(who.bottom);
        expect(boxOf(part(row, 'actions')).top).to.be.at.least(who.bottom);
      }
    });
  }
});

describe('the names of the icons in a row', () => {
  afterEach(async () => {
    await sendMouse({ type: 'move', position: [1, 590] });
  });

  it('a name is seen with the focus, and Escape takes it away until the focus moves on', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    expect(shownNames(harness)).to.deep.equal([]);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await harness.until(() => shownNames(harness).join() === 'Rename', 'the name at the focus');
    await sendKeys({ press: 'Escape' });
    await harness.until(() => shownNames(harness).length === 0, 'no name');
    await sendKeys({ press: 'Tab' });
    await harness.until(() => shownNames(harness).join() === 'Disable', 'the next name');
  });

  it('a name is seen under the pointer, above its icon, and is what the button is called', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2), around: '<div style="padding: 60px"></div>' });
    for (const name of ['Reconnect', 'Rename', 'Disable', 'Disconnect']) {
      const button = harness.action('ca_1', name);
      const { left, top, width, height } = boxOf(button);
      await sendMouse({ type: 'move', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
      await harness.until(() => shownNames(harness).join() === name, `the name ${name}`);
      expect(boxOf(button.querySelector('.label')).bottom).to.be.at.most(top);
      // What is spoken begins with what is seen, so that a voice control finds it, and no second tooltip appears.
      expect([button.title, (button.ariaLabel ?? name).startsWith(name)]).to.deep.equal(['', true]);
    }
  });

  it('the last name stays within the list, in a narrow one too', async () => {
    await setViewport({ width: 320, height: 640 });
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    harness.action('ca_0', 'Disconnect').focus();
    await sendKeys({ press: 'Shift' });
    await harness.until(() => shownNames(harness).join() === 'Disconnect', 'the name');
    expect(boxOf(harness.find('.icon-button:focus .label')).right).to.be.at.most(boxOf(harness.find('.frame')).right);
    expect(document.documentElement.scrollWidth).to.equal(320);
    await setViewport(WIDE);
  });
});

describe('the identity in a row', () => {
  const identityOf = async (different: Partial<ConnectedAccount>): Promise<string> => {
    const harness = await mountLoadedList({ accounts: [connectedAccount(different)] });
    return harness.text('ca_1', 'identity');
  };

  it('is the name that the user gave, then the login, and never both when they are the same', async () => {
    expect(await identityOf({ alias: 'Team' })).to.equal('Team · octocat');
    expect(await identityOf({ alias: 'octocat' })).to.equal('octocat');
    expect(await identityOf({ alias: null })).to.equal('octocat');
  });

  it("is the server's own name only where there is nothing else", async () => {
    expect(await identityOf({ displayName: null })).to.equal('github_red-castle');
  });

  it('is the day on which a key came, which has no login', async () => {
    const { authConfig } = connectedAccount();
    const year = new Date().getFullYear();
    const createdAt = `${year}-01-02T12:00:00.000Z`;
    const key = { displayName: null, createdAt, authConfig: { ...authConfig, authScheme: 'API_KEY' } };
    expect(await identityOf(key)).to.equal('API key added Jan 2');
    const older = { ...key, createdAt: '2020-05-03T12:00:00.000Z' };
    expect(await identityOf(older)).to.equal('API key added May 3, 2020');
    expect(await identityOf({ ...older, alias: 'Team' })).to.equal('Team');
    const basic = { ...older, authConfig: { ...authConfig, authScheme: 'BASIC' } };
    expect(await identityOf(basic)).to.equal('Added May 3, 2020');
  });
});

describe('several accounts of one app', () => {
  const logosOf = ({ rows }: AccountsListHarness) =>
    rows.map((row) => (part(row, 'logo')?.checkVisibility({ visibilityProperty: true }) ? 'logo' : ''));

  it('stand together under one logo, the newest app first, each in a row of its own', async () => {
    const harness = await mountLoadedList({ accounts: twoApps() });
    expect(harness.ids).to.deep.equal(['ca_0', 'ca_2', 'ca_4', 'ca_1', 'ca_3']);
    expect(logosOf(harness)).to.deep.equal(['logo', '', '', 'logo', '']);
    expect(harness.element.accounts.map(({ id }) => id)).to.deep.equal(['ca_0', 'ca_1', 'ca_2', 'ca_3', 'ca_4']);
    expect(harness.rows.map((row) => row.querySelector('h3')?.textContent)).to.deep.equal([
      'ONE',
      'ONE',
      'ONE',
      'TWO',
      'TWO',
    ]);
  });

  it('have their logo at the first row that a search leaves', async () => {
    const harness = await mountLoadedList({ accounts: twoApps(), attributes: { searchable: '' } });
    const box = harness.find('[part="search"]') as HTMLInputElement;
    box.value = 'user 4';
    box.dispatchEvent(new InputEvent('input'));
    await harness.element.updateComplete;
    expect([harness.ids, logosOf(harness)]).to.deep.equal([['ca_4'], ['logo']]);
    box.value = '';
    box.dispatchEvent(new InputEvent('input'));
    await harness.element.updateComplete;
    expect(logosOf(harness)).to.deep.equal(['logo', '', '', 'logo', '']);
  });

  it('stay together when a later page brings another, which gets the focus after Show more', async () => {
    const client = createPagedClient(twoApps());
    const harness = await mountLoadedList({ client, attributes: { limit: '3' } });
    expect(harness.ids).to.deep.equal(['ca_0', 'ca_2', 'ca_1']);
    const rows = harness.rows;
    harness.find('[part="more"]')?.focus();
    await harness.press('Show more');
    await harness.until(() => harness.rows.length === 5, 'the second page');
    expect(harness.ids).to.deep.equal(['ca_0', 'ca_2', 'ca_4', 'ca_1', 'ca_3']);
    expect(logosOf(harness)).to.deep.equal(['logo', '', '', 'logo', '']);
    expect(rows.every((row) => harness.rows.includes(row))).to.equal(true);
    await harness.until(() => harness.find(':focus')?.dataset['account'] === 'ca_3', 'the focus on the new row');
  });

  it('pass the logo on when the first of them is disconnected', async () => {
    const harness = await mountLoadedList({ accounts: twoApps() });
    await harness.act('ca_0', 'Disconnect');
    harness.find('[part="confirm"] [data-action="disconnect"]')?.click();
    await harness.until(() => harness.rows.length === 4, 'the row is gone');
    expect([harness.ids[0], logosOf(harness)[0]]).to.deep.equal(['ca_1', 'logo']);
    expect(logosOf(harness).filter(Boolean)).to.have.length(2);
  });
});
