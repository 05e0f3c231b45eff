import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { mountWithMenu } from '../support/account-menu-harness.js';
import { accountsOfAges } from '../support/account-pages.js';
import {
  type AccountsListHarness,
  accountsInAllStatuses,
  createPagedClient,
  mountList,
  mountLoadedList,
} from '../support/accounts-list-harness.js';
import { useForcedColors } from '../support/force-colors.js';
import { httpFailure } from '../support/memory-client.js';

const never = () => new Promise<never>(() => {});

/** How it looks, but for its background, which these users do not see. */
function lookOf(element: Element | null | undefined): string {
  if (!element) throw new Error('There is nothing to look at.');
  const { color, borderColor, borderWidth, outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const outline = outlineStyle === 'none' ? [] : [outlineStyle, outlineWidth, outlineColor];
  return [color, borderColor, borderWidth, ...outline].join(' ');
}

/** Width of the focus ring. */
function ringOf(element: Element | null): number {
  if (!element) return 0;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
}

const button = (harness: AccountsListHarness, id: string, action: string) =>
  harness.row(id).querySelector(`[data-action="${action}"]`);

describe('the elements in forced colors', () => {
  useForcedColors();

  it('the test page really has forced colors', () => {
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
  });

  it('each status has a border, an icon and words of its own', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    const badges = harness.rows.map((row) => row.querySelector('.badge'));
    expect(badges.map((badge) => badge && getComputedStyle(badge).borderStyle)).to.deep.equal(Array(7).fill('solid'));
    expect(new Set(badges.map((badge) => badge?.textContent?.trim())).size).to.equal(7);
    expect(new Set(badges.map((badge) => badge?.querySelector('path')?.getAttribute('d'))).size).to.equal(7);
  });

  it('every stop of the Tab key has an outline', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(3), attributes: { searchable: '', limit: '2' } });
    const rings: number[] = [];
    // The search, four actions in each of two rows, Show more.
    for (let stop = 0; stop < 10; stop++) {
      await sendKeys({ press: 'Tab' });
      rings.push(ringOf(harness.find(':focus')));
    }
    expect(harness.find('[part="more"]:focus')).not.to.equal(null);
    expect(rings).to.deep.equal(Array(10).fill(2));
  });

  it('a button whose panel is open is marked by more than its background', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    const before = lookOf(button(harness, 'ca_0', 'rename'));
    await harness.act('ca_0', 'Rename');
    expect(lookOf(button(harness, 'ca_0', 'rename'))).not.to.equal(before);
  });

  it('a row that waits for the server, and Show more while it reads, look disabled', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(3), attributes: { limit: '2' } });
    const [action, more] = [button(harness, 'ca_0', 'disable'), harness.find('[part="more"]')];
    const before = [lookOf(action), lookOf(more)];
    harness.client.next('disable', never);
    harness.client.next('list', never);
    await harness.act('ca_0', 'Disable');
    await harness.press('Show more');
    expect([lookOf(action) === before[0], lookOf(more) === before[1]]).to.deep.equal([false, false]);
  });

  it('a refused name has a border of its own beside the words', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await harness.act('ca_0', 'Rename');
    const input = harness.find('#alias') as HTMLInputElement;
    const before = lookOf(input);
    input.form?.requestSubmit();
    await harness.until(() => input.getAttribute('aria-invalid') === 'true', 'the refusal');
    expect(lookOf(input)).not.to.equal(before);
  });

  it('the skeleton rows are visible', async () => {
    const client = createPagedClient();
    client.next('list', never);
    const harness = await mountList({ client });
    const [bone, frame] = ['.name .bone', '.frame'].map((selector) => harness.find(selector) as Element);
    expect(getComputedStyle(bone as Element).backgroundColor).not.to.equal(
      getComputedStyle(frame as Element).backgroundColor,
    );
  });

  it('signs have the color of the words beside them, because a theme may not show another', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    const colorOf = (element: Element | null | undefined) => element && getComputedStyle(element).color;
    const items = [...(menu.panel?.querySelectorAll('[role="menuitem"]') ?? [])];
    expect(items.length).to.be.at.least(3);
    for (const item of items) expect(colorOf(item.querySelector('svg')), item.className).to.equal(colorOf(item));
    const tick = menu.harness.element.renderRoot.querySelector('.badge svg');
    expect(colorOf(tick)).to.equal(colorOf(menu.harness.part('label')));
  });

  it('the menu has a border, and an outline on the focused item', async () => {
    const menu = await mountWithMenu();
    const closed = lookOf(menu.harness.part('menu-button'));
    await menu.open();
    const [first, second] = menu.panel?.querySelectorAll('[role="menuitem"]') ?? [];
    expect(lookOf(menu.harness.part('menu-button'))).not.to.equal(closed);
    expect(getComputedStyle(menu.panel as Element).borderStyle).to.equal('solid');
    expect([ringOf(first ?? null), ringOf(second ?? null)]).to.deep.equal([2, 0]);
  });
});
