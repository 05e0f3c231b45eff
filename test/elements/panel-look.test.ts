import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { AuthConfig, ConnectedAccount } from '../../src/core/model/connection-types.js';
import { mountWithMenu, placed } from '../support/account-menu-harness.js';
import { accountsOfAges } from '../support/account-pages.js';
import { type AccountsListHarness, createPagedClient, mountLoadedList } from '../support/accounts-list-harness.js';
import { mountInPhase } from '../support/connect-account-phases.js';
import { authConfig, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const KEY = { id: 'ac_key', authScheme: 'API_KEY', isComposioManaged: false, isDisabled: false };
const FIELD = { name: 'generic_api_key', displayName: 'API key', description: 'Starts with fc-', type: 'string' };

const boxOf = (element: Element | null | undefined) => element?.getBoundingClientRect() ?? new DOMRect();

/** Resolves when nothing moves any more. */
async function atRest(harness: AccountsListHarness): Promise<void> {
  await placed();
  await Promise.all((harness.root as ShadowRoot).getAnimations().map(({ finished }) => finished));
}

/** A list whose first row asks for a key. */
async function mountForm(different: Partial<AuthConfig> = {}): Promise<AccountsListHarness> {
  const toolkit = { slug: 'firecrawl', name: 'Firecrawl' };
  const client = createPagedClient(accountsOfAges(2, { authConfig: KEY, toolkit }));
  const fields = [{ ...FIELD, required: true, isSecret: true }];
  client.configs = [authConfig({ ...KEY, toolkit, fields, authHintUrl: 'https://firecrawl.dev/keys', ...different })];
  const harness = await mountLoadedList({ client });
  await harness.act('ca_0', 'Replace key');
  await harness.until(() => harness.find('.panel input') !== null, 'the form');
  await atRest(harness);
  return harness;
}

async function mountQuestion(different: Partial<ConnectedAccount> = {}): Promise<AccountsListHarness> {
  const harness = await mountLoadedList({ accounts: accountsOfAges(2, different) });
  await harness.act('ca_0', 'Disconnect');
  await atRest(harness);
  return harness;
}

describe('the look of the panels', () => {
  const popups = usePopups();
  afterEach(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' });
  });

  it('a form and a question have 18 pixels around, corners of 12, one border and a shadow', async () => {
    for (const [mount, selector] of [
      [mountForm, '[part="panel"]'],
      [mountQuestion, '[part="confirm"]'],
    ] as const) {
      const panel = (await mount()).find(selector) as HTMLElement;
      const { padding, borderRadius, borderTopWidth, boxShadow } = getComputedStyle(panel);
      expect(Number.parseFloat(padding)).to.be.closeTo(18, 0.1);
      expect(Number.parseFloat(borderRadius)).to.be.closeTo(12, 0.1);
      expect(borderTopWidth).to.equal('1px');
      expect(boxShadow).not.to.equal('none');
      const title = getComputedStyle(panel.querySelector('.panel-title') as Element);
      expect(Number.parseFloat(title.fontSize)).to.be.closeTo(15, 0.1);
      expect(Number.parseFloat(title.lineHeight)).to.be.closeTo(22, 0.1);
      expect(title.fontWeight).to.equal('600');
    }
  });

  it('the form has the mark of its app, a sentence, and the link at the end of the line of the label', async () => {
    const harness = await mountForm();
    expect(harness.find('.panel .mark')?.textContent?.trim()).to.equal('F');
    expect(harness.find('.panel .panel-title')?.textContent?.trim()).to.contain('Connect Firecrawl');
    const panel = harness.find('.panel') as HTMLElement;
    const note = harness.find(`#${panel.getAttribute('aria-describedby')}`);
    expect(note?.textContent).to.contain('this site’s server');
    const [label, link, input] = ['[part="field-label"]', '.field-line a', '[part="field-input"]'].map((selector) =>
      boxOf(harness.find(selector)),
    );
    expect(label?.left).to.be.closeTo(input?.left ?? 0, 1);
    expect(link?.right).to.be.closeTo(input?.right ?? 0, 1);
    const middle = ({ top, height }: DOMRect) => top + height / 2;
    expect(middle(link as DOMRect)).to.be.closeTo(middle(label as DOMRect), 2);
    expect(label?.bottom).to.be.at.most(input?.top ?? 0);
  });

  it('has no link where the app names no page for its keys', async () => {
    expect((await mountForm({ authHintUrl: null })).find('.field-line a')).to.equal(null);
  });

  it('a field is 36 pixels high, with what it requires above it and its error directly below, with a sign', async () => {
    const harness = await mountForm();
    harness.find('[part~="submit"]')?.click();
    await harness.until(() => harness.find('[part="field-error"] svg') !== null, 'the error');
    const [hint, input, error] = ['[part="field-hint"]', '[part="field-input"]', '[part="field-error"]'].map((one) =>
      boxOf(harness.find(one)),
    );
    expect(input?.height).to.be.closeTo(36, 0.5);
    expect(hint?.bottom).to.be.at.most(input?.top ?? 0);
    expect((error?.top ?? 0) - (input?.bottom ?? 0)).to.be.within(2, 10);
    expect(error?.left).to.be.closeTo(input?.left ?? 0, 1);
  });

  it('Cancel comes before the one primary button, at the end of the line', async () => {
    const harness = await mountForm();
    const [cancel, submit] = [harness.find('[part~="cancel"]'), harness.find('[part~="submit"]')];
    expect([cancel, submit].map((button) => button?.part.contains('button'))).to.deep.equal([true, true]);
    expect(boxOf(cancel).right).to.be.at.most(boxOf(submit).left);
    expect(boxOf(submit).right).to.be.closeTo(boxOf(harness.find('[part="field-input"]')).right, 1);
    const accent = getComputedStyle(submit as Element).backgroundColor;
    const filled = [...(harness.root as ShadowRoot).querySelectorAll('button')].filter(
      (button) => getComputedStyle(button).backgroundColor === accent,
    );
    expect(filled).to.deep.equal([submit]);
  });

  it('the eye within the field shows the secret and hides it again, and is called so', async () => {
    const harness = await mountForm();
    const [input, eye] = [harness.find('[part="field-input"]') as HTMLInputElement, harness.find('.reveal')];
    expect(boxOf(eye).right).to.be.at.most(boxOf(input).right);
    expect(boxOf(eye).left).to.be.above(boxOf(input).left);
    const name = () =>
      [...(eye?.querySelectorAll<HTMLElement>('.label > *') ?? [])].filter((one) => one.checkVisibility());
    expect([input.type, name().map(({ textContent }) => textContent)]).to.deep.equal(['password', ['Show']]);
    eye?.click();
    expect([input.type, name().map(({ textContent }) => textContent)]).to.deep.equal(['text', ['Hide']]);
    eye?.click();
    expect(input.type).to.equal('password');
  });

  it('the eye of a secret of several lines lies below its field, not on it', async () => {
    const field = { name: 'private_key', displayName: 'Private key', description: '', type: 'string' };
    const harness = await mountForm({
      fields: [FIELD, field].map((one) => ({ ...one, required: true, isSecret: true })),
    });
    const [input, eye, actions] = ['textarea', '.beside .reveal', '.panel-actions'].map((one) =>
      boxOf(harness.find(one)),
    );
    expect([eye?.top, eye?.right]).to.satisfy(([top = 0, right = 0]) => top >= (input?.bottom ?? 0) && right > 0);
    expect(eye?.right).to.be.within((input?.right ?? 0) - 8, input?.right ?? 0);
    expect(eye?.bottom).to.be.at.most(actions?.top ?? 0);
  });

  it('the question names the account and its login, and begins at Cancel, which Tab does not leave behind', async () => {
    const harness = await mountQuestion({ alias: 'Team' });
    const question = harness.find('[part="confirm"]');
    expect(question?.querySelector('.panel-title')?.textContent).to.equal('Disconnect Team?');
    expect(question?.querySelector('.panel-text')?.textContent).to.contain('access to octocat (GitHub)');
    const focused = () => harness.find(':focus')?.textContent?.trim();
    const seen = [focused()];
    for (let press = 0; press < 2; press++) {
      await sendKeys({ press: 'Tab' });
      seen.push(focused());
    }
    expect(seen).to.deep.equal(['Cancel', 'Disconnect', 'Cancel']);
  });

  it('the form for a name is a dialog with a label, Cancel and Save, and shows a refusal with a sign', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await harness.act('ca_0', 'Rename');
    const dialog = harness.find('[part="dialog"]');
    expect(
      [...(dialog?.querySelectorAll('[part~="button"]') ?? [])].map((one) => one.textContent?.trim()),
    ).to.deep.equal(['Cancel', 'Save']);
    expect(boxOf(harness.find('#alias')).height).to.be.closeTo(36, 0.5);
    dialog?.querySelector('form')?.requestSubmit();
    await harness.until(() => harness.find('#alias-problem svg') !== null, 'the refusal');
  });

  it('the menu is 200 pixels wide, with items of 34, icons of 18, and a line before Disconnect', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await placed();
    const panel = menu.panel as HTMLElement;
    expect(panel.offsetWidth).to.be.closeTo(200, 1);
    const items = [...panel.querySelectorAll<HTMLElement>('[part~="menu-item"]')];
    for (const item of items) {
      expect(item.offsetHeight).to.be.closeTo(34, 1);
      expect(boxOf(item.querySelector('svg')).width).to.be.closeTo(18, 0.1);
    }
    expect(items.map((item) => item.getAttribute('part'))).to.deep.equal(
      ['reconnect', 'rename', 'disable', 'disconnect'].map((action) => `menu-item action-${action}`),
    );
    expect(panel.querySelector('[role="separator"]')?.nextElementSibling).to.equal(items[3]);
  });

  it('panels move for 120 to 200 ms by 4 pixels, and not at all where less motion is preferred', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    await harness.act('ca_0', 'Disconnect');
    const effects = (selector: string) =>
      harness
        .find(selector)
        ?.getAnimations()
        .map(({ effect }) => effect as KeyframeEffect) ?? [];
    const [appears, moves] = [effects('[part="confirm"]'), effects('[part="confirm"] > :first-child')].flat();
    for (const effect of [appears, moves]) expect(effect?.getComputedTiming().duration).to.be.within(120, 200);
    expect(appears?.getKeyframes()[0]).to.include({ opacity: '0' });
    expect(moves?.getKeyframes()[0]).to.include({ translate: '0px -4px' });
    await harness.press('Cancel');
    await emulateMedia({ reducedMotion: 'reduce' });
    await harness.act('ca_0', 'Disconnect');
    expect(harness.find('[part="confirm"]')?.getAnimations({ subtree: true })).to.deep.equal([]);
  });

  it('a panel never covers the row that it asks about', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(8) });
    for (const id of ['ca_0', 'ca_7']) {
      await harness.act(id, 'Disconnect');
      await atRest(harness);
      const [panel, button] = [harness.find('[part="confirm"]'), harness.action(id, 'Disconnect')].map(boxOf);
      const apart = (panel?.top ?? 0) >= (button?.bottom ?? 0) || (panel?.bottom ?? 0) <= (button?.top ?? 0);
      expect(apart, id).to.equal(true);
      await harness.press('Cancel');
    }
  });

  for (const [width, height] of [
    [320, 568],
    [390, 844],
  ] as const) {
    for (const [where, above] of Object.entries({
      'at the bottom of': height - 60,
      'in the middle of': height / 2,
      'out of': 2000,
    })) {
      it(`the sheet of a form leaves its trigger in sight, ${where} a phone of ${width} px, and names its app`, async () => {
        await setViewport({ width, height });
        const around = `<div style="padding-block: ${above}px 2000px"></div>`;
        const { element, trigger } = await mountInPhase('collecting-credentials', popups, { around });
        const sheet = element.renderRoot.querySelector('.panel') as HTMLElement;
        await Promise.all(sheet.getAnimations().map(({ finished }) => finished));
        const [seen, covering] = [boxOf(trigger), boxOf(sheet)];
        expect([covering.left, covering.width, Math.round(covering.bottom)]).to.deep.equal([0, innerWidth, height]);
        expect(seen.top).to.be.at.least(0);
        expect(seen.bottom).to.be.at.most(covering.top);
        element.renderRoot.querySelector('form')?.requestSubmit();
        await waitUntil(() => boxOf(sheet).height > covering.height, 'a sheet with an error');
        await waitUntil(() => boxOf(trigger).bottom <= boxOf(sheet).top, 'the trigger above it');
        expect(sheet.querySelector('.panel-title')?.textContent).to.contain('Connect GitHub');
        expect(boxOf(sheet.querySelector('.mark')).width).to.be.at.least(20);
      });
    }
  }

  it('a user who scrolls a phone with an open sheet is not scrolled back when its window grows', async () => {
    await setViewport({ width: 390, height: 844 });
    const around = '<div style="padding-block: 400px 3000px"></div>';
    await mountInPhase('collecting-credentials', popups, { around });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    scrollTo(0, 1500);
    const before = scrollY;
    expect(before).to.be.greaterThan(1000);
    // As when a phone folds its address bar.
    dispatchEvent(new Event('resize'));
    expect(scrollY).to.equal(before);
  });
});
