import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { type AccountMenuHarness, mountWithMenu } from '../support/account-menu-harness.js';
import { usePopups } from '../support/stub-popups.js';

async function press(menu: AccountMenuHarness, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
  await menu.rest();
}

/** The menu, closed, with the focus on its button. */
async function onButton(options: Parameters<typeof mountWithMenu>[1] = {}): Promise<AccountMenuHarness> {
  const menu = await mountWithMenu({}, options);
  menu.harness.part('menu-button')?.focus();
  return menu;
}

describe('the account menu by keyboard', () => {
  const popups = usePopups();

  for (const [key, first] of [
    ['Enter', 'Reconnect'],
    ['Space', 'Reconnect'],
    ['ArrowDown', 'Reconnect'],
    ['ArrowUp', 'Disconnect'],
  ] as const) {
    it(`the key ${key} opens the menu with the focus on ${first}`, async () => {
      const menu = await onButton();
      await press(menu, key);
      expect([menu.kind, menu.focused]).to.deep.equal(['menu', first]);
    });
  }

  it('the arrow keys wrap around, and Home and End go to the ends', async () => {
    const menu = await onButton();
    await press(menu, 'Enter', 'ArrowDown');
    expect(menu.focused).to.equal('Rename');
    await press(menu, 'ArrowUp', 'ArrowUp');
    expect(menu.focused).to.equal('Disconnect');
    await press(menu, 'ArrowDown');
    expect(menu.focused).to.equal('Reconnect');
    await press(menu, 'End');
    expect(menu.focused).to.equal('Disconnect');
    await press(menu, 'Home');
    expect(menu.focused).to.equal('Reconnect');
  });

  it('a letter goes to the next item that begins with it', async () => {
    const menu = await onButton();
    await press(menu, 'Enter', 'd');
    expect(menu.focused).to.equal('Disable');
    await press(menu, 'd');
    expect(menu.focused).to.equal('Disconnect');
    await press(menu, 'r', 'r');
    expect(menu.focused).to.equal('Rename');
  });

  it('Escape closes the menu and returns to the button, and the page gets no event', async () => {
    const menu = await onButton();
    const heard: string[] = [];
    const hear = ({ key }: KeyboardEvent) => heard.push(key);
    document.addEventListener('keydown', hear);
    await press(menu, 'Enter', 'Escape');
    document.removeEventListener('keydown', hear);
    expect([menu.kind, menu.focused]).to.deep.equal([null, 'menu-button']);
    expect(heard).to.deep.equal(['Enter']);
  });

  it('Tab closes the menu and moves on', async () => {
    const menu = await onButton({ around: '<div><span data-here></span><button id="after">After</button></div>' });
    await press(menu, 'Enter', 'Tab');
    expect([menu.kind, document.activeElement?.id]).to.deep.equal([null, 'after']);
  });

  it('a focus that moves elsewhere stays there when the menu closes', async () => {
    const menu = await onButton({ around: '<div><span data-here></span><button id="after">After</button></div>' });
    await press(menu, 'Enter', 'End', 'Enter');
    expect(menu.kind).to.equal('confirm');
    document.querySelector<HTMLElement>('#after')?.focus();
    await menu.rest();
    expect([menu.kind, document.activeElement?.id]).to.deep.equal([null, 'after']);
  });

  it('the menu opens from the trigger too, and the focus returns there', async () => {
    const menu = await mountWithMenu();
    menu.harness.element.focus();
    await press(menu, 'ArrowDown');
    expect([menu.kind, menu.focused]).to.deep.equal(['menu', 'Reconnect']);
    await press(menu, 'Escape');
    expect(menu.focused).to.equal('trigger');
  });

  it('a held Enter key opens the menu and chooses nothing', async () => {
    const menu = await onButton();
    await sendKeys({ down: 'Enter' });
    for (let repeat = 0; repeat < 5; repeat++) await sendKeys({ down: 'Enter' });
    await sendKeys({ up: 'Enter' });
    await menu.rest();
    expect([menu.kind, popups.opened.length]).to.deep.equal(['menu', 0]);
    await press(menu, 'End');
    await sendKeys({ down: 'Enter' });
    for (let repeat = 0; repeat < 5; repeat++) await sendKeys({ down: 'Enter' });
    await sendKeys({ up: 'Enter' });
    await menu.rest();
    expect([menu.kind, menu.harness.client.count('delete')]).to.deep.equal(['confirm', 0]);
  });

  it('a disconnect works by keyboard, from the menu button back to the trigger', async () => {
    const menu = await onButton();
    await press(menu, 'Enter', 'End', 'Enter');
    expect([menu.kind, menu.focused]).to.deep.equal(['confirm', 'Cancel']);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(menu.focused).to.equal('Disconnect');
    await press(menu, 'Enter');
    await menu.harness.reaches('ready');
    await menu.rest();
    expect(menu.focused).to.equal('trigger');
  });

  it('a rename works by keyboard', async () => {
    const menu = await onButton();
    await press(menu, 'Enter', 'ArrowDown', 'Enter');
    expect(menu.focused).to.equal('alias');
    await sendKeys({ type: 'work' });
    await press(menu, 'Enter');
    await menu.asked('update');
    expect(menu.harness.element.account?.alias).to.equal('work');
    expect(menu.focused).to.equal('menu-button');
  });
});
