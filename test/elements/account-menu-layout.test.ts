import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendMouse, setViewport } from '@web/test-runner-commands';
import { type AccountMenuHarness, mountWithMenu, placed } from '../support/account-menu-harness.js';
import { httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const SCHEMES = {
  light: '<div style="color-scheme: light; background: #ffffff; padding: 16px"></div>',
  dark: '<div style="color-scheme: dark; background: #14161a; padding: 16px"></div>',
};

/** How each panel is opened. */
const PANELS: Readonly<Record<string, (menu: AccountMenuHarness) => Promise<void>>> = {
  menu: (menu) => menu.open(),
  async confirm(menu) {
    await menu.open();
    await menu.choose('Disconnect');
  },
  async rename(menu) {
    await menu.open();
    await menu.choose('Rename');
  },
  async 'rename refused'(menu) {
    menu.harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await menu.open();
    await menu.choose('Rename');
    await menu.rename('work');
  },
  async 'failed action'(menu) {
    menu.harness.client.next('disable', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await menu.open();
    await menu.choose('Disable');
  },
};

/** The corners of what is open. */
function boxOf(menu: AccountMenuHarness): DOMRect {
  return (menu.panel as HTMLElement).getBoundingClientRect();
}

describe('the account menu checked by axe', () => {
  for (const [scheme, around] of Object.entries(SCHEMES)) {
    for (const [name, open] of Object.entries(PANELS)) {
      it(`axe finds nothing in ${name}, ${scheme}`, async () => {
        const menu = await mountWithMenu({}, { around });
        await open(menu);
        await placed();
        // The panel fades in, and what is half there has no contrast.
        await Promise.all(menu.panel?.getAnimations().map(({ finished }) => finished) ?? []);
        await expect(menu.harness.element).to.be.accessible();
      });
    }
  }

  it('the menu button is large enough for a finger and named after the account', async () => {
    const { harness } = await mountWithMenu();
    const button = harness.part('menu-button') as HTMLElement;
    const { width, height } = button.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
    expect(button.getAttribute('aria-label')).to.equal('Actions for octocat');
  });
});

describe('the position of the account menu', () => {
  const popups = usePopups();
  afterEach(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  });

  it('the menu button lies within the trigger, which does not move', async () => {
    const ready = await mountWithMenu({}, { accounts: [] });
    const size = ({ width, height }: DOMRect) => [width, height];
    const before = size(ready.harness.trigger.getBoundingClientRect());
    ready.harness.element.remove();
    const { harness } = await mountWithMenu();
    const outer = harness.trigger.getBoundingClientRect();
    const inner = harness.part('menu-button')?.getBoundingClientRect() as DOMRect;
    expect(size(outer)).to.deep.equal(before);
    expect(inner.right).to.be.below(outer.right);
    expect(inner.top).to.be.above(outer.top);
    expect(inner.bottom).to.be.below(outer.bottom);
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`the menu stands below the trigger, at the end of the line (${dir})`, async () => {
      const around = `<div dir="${dir}" style="padding: 40px 200px"></div>`;
      const menu = await mountWithMenu({}, { around });
      await menu.open();
      await placed();
      const frame = menu.harness.trigger.getBoundingClientRect();
      const panel = boxOf(menu);
      expect(panel.top).to.be.at.least(frame.bottom);
      const edge = dir === 'rtl' ? panel.left - frame.left : panel.right - frame.right;
      expect(Math.abs(edge)).to.be.below(1);
    });
  }

  for (const kind of ['menu', 'confirm', 'rename'] as const) {
    it(`the panel ${kind} fits into 320 × 256, which is 400 % zoom, and never covers the trigger`, async () => {
      await setViewport({ width: 320, height: 256 });
      const around = '<div style="padding-block-start: 150px"></div>';
      const menu = await mountWithMenu(
        { displayName: 'a-very-long-login-name-that-nobody-expects@example.com' },
        { around },
      );
      await PANELS[kind]?.(menu);
      await placed();
      // On a slow machine the panel may be placed after the two frames of `placed`.
      await waitUntil(
        () => {
          const { left, right, top, bottom } = boxOf(menu);
          return left >= 0 && right <= 320 && top >= 0 && bottom <= 256;
        },
        'it fits',
        { timeout: 5000 },
      );
      const { top, bottom } = boxOf(menu);
      const frame = menu.harness.trigger.getBoundingClientRect();
      expect(
        bottom <= frame.top || top >= frame.bottom,
        `${top}–${bottom} covers ${frame.top}–${frame.bottom}`,
      ).to.equal(true);
    });
  }

  it('ten clicks on one point disconnect nothing and open no window', async () => {
    for (const viewport of [
      { width: 800, height: 600 },
      { width: 320, height: 256 },
    ]) {
      await setViewport(viewport);
      const { harness } = await mountWithMenu();
      const { left, top, width, height } = harness.trigger.getBoundingClientRect();
      for (const across of [0.1, 0.5, 0.95]) {
        const position: [number, number] = [Math.round(left + width * across), Math.round(top + height / 2)];
        for (let click = 0; click < 10; click++) await sendMouse({ type: 'click', position });
      }
      expect([harness.phase, harness.client.count('delete'), popups.opened.length]).to.deep.equal(['connected', 0, 0]);
      harness.element.remove();
    }
  });

  it('the menu has a border in forced colors, and no motion under prefers-reduced-motion', async () => {
    await emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const menu = await mountWithMenu();
    await menu.open();
    const { borderTopWidth, animationName } = getComputedStyle(menu.panel as HTMLElement);
    expect([borderTopWidth, animationName]).to.deep.equal(['1px', 'none']);
  });
});
