import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase } from '../support/connect-account-phases.js';
import { connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

/** The part that has the focus, or what else has it. */
function focusedPart({ element }: ConnectAccountHarness): string | null | undefined {
  const focused = element.shadowRoot?.activeElement;
  return focused ? focused.getAttribute('part') : document.activeElement?.tagName;
}

describe('<connect-account> by keyboard', () => {
  const popups = usePopups();

  for (const key of ['Enter', 'Space']) {
    it(`the key ${key} on the trigger starts an attempt`, async () => {
      const harness = await mountLoaded();
      harness.element.focus();
      await sendKeys({ press: key });
      await harness.reaches('awaiting-authorization');
      expect(popups.opened).to.have.length(1);
    });
  }

  it('Tab goes from the trigger to Cancel, where Enter cancels the attempt', async () => {
    const harness = await mountInPhase('awaiting-authorization', popups);
    harness.element.focus();
    await sendKeys({ press: 'Tab' });
    expect(focusedPart(harness)).to.equal('cancel');
    await sendKeys({ press: 'Enter' });
    await harness.reaches('ready');
  });

  it('Tab goes through the link and Cancel when the window was blocked', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    harness.element.focus();
    const order = [];
    for (let press = 0; press < 2; press++) {
      await sendKeys({ press: 'Tab' });
      order.push(focusedPart(harness));
    }
    expect(order).to.deep.equal(['link', 'cancel']);
  });

  it('a held Enter key starts one attempt and cancels nothing', async () => {
    const harness = await mountLoaded();
    harness.element.focus();
    await sendKeys({ down: 'Enter' });
    await harness.reaches('awaiting-authorization');
    for (let repeat = 0; repeat < 5; repeat++) await sendKeys({ down: 'Enter' });
    await sendKeys({ up: 'Enter' });
    expect([harness.phase, popups.opened.length]).to.deep.equal(['awaiting-authorization', 1]);
  });

  it('the focused control has a visible outline', async () => {
    const harness = await mountLoaded();
    await sendKeys({ press: 'Tab' });
    harness.element.focus();
    expect(harness.trigger.matches(':focus-visible')).to.equal(true);
    expect(getComputedStyle(harness.trigger).outlineStyle).to.equal('solid');
    expect(Number.parseFloat(getComputedStyle(harness.trigger).outlineWidth)).to.be.at.least(2);
  });
});

describe('<connect-account> and the focus', () => {
  const popups = usePopups();

  it('the focus returns to the trigger after Cancel', async () => {
    const harness = await mountInPhase('awaiting-authorization', popups);
    harness.part('cancel')?.focus();
    harness.click('cancel');
    await harness.reaches('ready');
    expect(focusedPart(harness)).to.equal('trigger');
  });

  it('the focus returns to the trigger after Open again', async () => {
    // A window that is refused within a gesture is refused for good, and the link is left to the browser.
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: false } });
    const harness = await mountInPhase('popup-blocked', popups);
    Reflect.deleteProperty(navigator, 'userActivation');
    popups.blocked = false;
    harness.part('link')?.focus();
    harness.click('link');
    await harness.reaches('awaiting-authorization');
    expect(focusedPart(harness)).to.equal('trigger');
  });

  it('the focus stays in the element when the attempt ends while Cancel has the focus', async () => {
    const harness = await mountInPhase('awaiting-authorization', popups);
    harness.part('cancel')?.focus();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(focusedPart(harness)).to.equal('trigger');
  });

  it('the focus is not taken from another control of the page', async () => {
    const harness = await mountInPhase('awaiting-authorization', popups);
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(document.activeElement).to.equal(input);
    input.remove();
  });

  it('the focus stays on the trigger from the click to the last phase', async () => {
    const harness = await mountLoaded();
    harness.element.focus();
    await harness.connect();
    expect(focusedPart(harness)).to.equal('trigger');
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(focusedPart(harness)).to.equal('trigger');
    expect(harness.trigger.disabled).to.equal(false);
  });

  it('the trigger of a disabled element cannot be focused', async () => {
    const harness = await mountLoaded({ attributes: { disabled: '' } });
    harness.element.focus();
    expect(focusedPart(harness)).to.equal('BODY');
    expect(harness.trigger.disabled).to.equal(true);
  });

  it('an element that loads does not take the focus', async () => {
    const harness = await mountLoaded({ accounts: [connectedAccount()] });
    expect(focusedPart(harness)).to.equal('BODY');
  });
});
