import { expect } from '@open-wc/testing';
import { sendMouse, setViewport } from '@web/test-runner-commands';
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase, PHASES } from '../support/connect-account-phases.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** Place and size of the trigger within its element. */
function placeOf({ element, trigger }: ConnectAccountHarness): number[] {
  const outer = element.getBoundingClientRect();
  const { left, top, width, height } = trigger.getBoundingClientRect();
  return [left - outer.left, top - outer.top, width, height];
}

describe('<connect-account> keeps its place', () => {
  const popups = usePopups();
  useWarnings();
  afterEach(() => setViewport({ width: 800, height: 600 }));

  // Where the toolkit is not known, the words are others, and so is the width.
  const known = PHASES.filter((phase) => !['loading', 'misconfigured'].includes(phase));

  it('the trigger has one position and one size in every phase', async () => {
    const places = new Map<ConnectPhase, number[]>();
    for (const phase of known) {
      const harness = await mountInPhase(phase, popups);
      places.set(phase, placeOf(harness));
      harness.element.remove();
    }
    const ready = places.get('ready');
    for (const [phase, place] of places) expect(place, phase).to.deep.equal(ready);
  });

  // The larger the text, the more lines the name would take: as many as in wide fonts, whatever this machine has.
  for (const fontSize of [20, 28, 40]) {
    it(`the trigger keeps its height with a long app name in text of ${fontSize} px`, async () => {
      const name = 'Enterprise Resource Planning Suite, 44 letters';
      const configs = [authConfig({ toolkit: { slug: 'erp', name } })];
      const attributes = { style: `inline-size: 340px; --connect-account-font-size: ${fontSize}px` };
      const heights = new Map<ConnectPhase, number | undefined>();
      for (const phase of ['loading', 'ready', 'connected', 'needs-attention', 'preparing'] as const) {
        const harness = await mountInPhase(phase, popups, { configs, attributes });
        heights.set(phase, placeOf(harness)[3]);
        harness.element.remove();
      }
      expect([...heights.values()]).to.deep.equal(Array(5).fill(heights.get('loading')));
    });
  }

  it('a label of two lines is shown whole, and a longer one is cut', async () => {
    const hidesText = async (content: string) => {
      const label = (await mountLoaded({ content })).part('label') as HTMLElement;
      return label.scrollHeight > label.clientHeight;
    };
    expect([await hidesText('one<br>two'), await hidesText('one<br>two<br>three')]).to.deep.equal([false, true]);
  });

  it('the trigger does not move when it has loaded, or shows a long name', async () => {
    const loading = await mountInPhase('loading', popups);
    const long = 'a-very-long-login-name-that-nobody-could-expect@department.company.example.com';
    const connected = await mountLoaded({ accounts: [connectedAccount({ displayName: long })] });
    expect(placeOf(connected)[3]).to.equal(placeOf(loading)[3]);
    const shortly = await mountLoaded({ accounts: [connectedAccount({ displayName: 'a' })] });
    expect(placeOf(connected)).to.deep.equal(placeOf(shortly));
  });

  it('ten clicks on one point of the trigger never hit Cancel', async () => {
    const harness = await mountLoaded();
    const { left, top, width, height } = harness.trigger.getBoundingClientRect();
    const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    for (let click = 0; click < 10; click++) {
      await sendMouse({ type: 'click', position });
      await harness.element.updateComplete;
    }
    expect(harness.phase).to.equal('awaiting-authorization');
    expect(harness.events.map(({ type }) => type)).to.deep.equal(['account-connect-start']);
  });

  for (const phase of PHASES) {
    it(`nothing overflows at 320 px in phase ${phase}, even in a row of other boxes`, async () => {
      await setViewport({ width: 320, height: 600 });
      const around = '<div style="padding: 16px; overflow: auto; inline-size: 288px; box-sizing: border-box"></div>';
      const name = 'Enterprise Resource Planning Suite, 44 letters';
      const configs = [authConfig({ toolkit: { slug: 'erp', name } })];
      const harness = await mountInPhase(phase, popups, { around, configs });
      const place = harness.element.parentElement as HTMLElement;
      expect(place.scrollWidth).to.equal(place.clientWidth);
      expect(harness.trigger.getBoundingClientRect().width).to.be.at.most(place.clientWidth);
    });
  }

  it('the element keeps its styles in another document and back again', async () => {
    const { element, trigger } = await mountLoaded();
    const place = element.parentElement as HTMLElement;
    const frame = place.appendChild(document.createElement('iframe'));
    const radius = () => trigger.ownerDocument.defaultView?.getComputedStyle(trigger).borderTopLeftRadius;
    expect(radius()).to.equal('8px');
    frame.contentDocument?.body.append(element);
    expect(radius()).to.equal('8px');
    place.append(element);
    expect(radius()).to.equal('8px');
  });

  it('the element is mirrored in a right-to-left page', async () => {
    const ltr = await mountLoaded();
    const rtl = await mountLoaded({ around: '<div dir="rtl"></div>' });
    const iconLeads = (harness: ConnectAccountHarness) =>
      Number(harness.part('icon')?.getBoundingClientRect().left) <
      Number(harness.part('label')?.getBoundingClientRect().left);
    expect([iconLeads(ltr), iconLeads(rtl)]).to.deep.equal([true, false]);
  });

  it('the element takes its colors and sizes from the page', async () => {
    const style = `--connect-account-surface: rgb(1, 2, 3); --connect-account-text: rgb(250, 251, 252);
      --connect-account-radius: 3px; --connect-account-font-size: 20px`;
    // The clicks of another test may have left the mouse where the trigger will be, which changes its color.
    await sendMouse({ type: 'move', position: [innerWidth - 1, innerHeight - 1] });
    const { trigger } = await mountLoaded({ attributes: { style } });
    // On a slow machine the color may still be in transition.
    await Promise.all(trigger.getAnimations().map(({ finished }) => finished));
    const { backgroundColor, color, borderTopLeftRadius, fontSize } = getComputedStyle(trigger);
    expect([backgroundColor, color, borderTopLeftRadius, fontSize]).to.deep.equal([
      'rgb(1, 2, 3)',
      'rgb(250, 251, 252)',
      '3px',
      '20px',
    ]);
  });
});
