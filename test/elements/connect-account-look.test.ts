import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { type ConnectAccountHarness, type MountOptions, mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase, PHASES } from '../support/connect-account-phases.js';
import { contrastOf, groundOf } from '../support/contrast.js';
import { connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

const VARIANTS = ['outline', 'primary', 'plain'];
/** By size: height, font size, padding, icon and radius in px. */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  small: [32, 13, 12, 16, 7],
  medium: [36, 14, 14, 18, 8],
  large: [44, 15, 18, 20, 10],
};

const px = (length: string): number => Number.parseFloat(length);

const look = (variant: string, size: string, options: MountOptions = {}) =>
  mountLoaded({ ...options, attributes: { variant, size, ...options.attributes } });

/** Returns the measures of the trigger: height, font size, padding, icon and radius. */
function measuresOf({ trigger, part }: ConnectAccountHarness, harness: ConnectAccountHarness): number[] {
  const { fontSize, paddingInlineStart, borderTopLeftRadius } = getComputedStyle(trigger);
  const icon = part.call(harness, 'icon')?.getBoundingClientRect().width ?? 0;
  return [trigger.getBoundingClientRect().height, px(fontSize), px(paddingInlineStart), icon, px(borderTopLeftRadius)];
}

/** Returns how far what the trigger shows is from its middle, in px. */
function offCentre({ trigger }: ConnectAccountHarness): number {
  const boxes = [...trigger.querySelectorAll('.shown > :not(.visually-hidden, [hidden])')]
    .map((box) => box.getBoundingClientRect())
    .filter(({ width }) => width > 0);
  const outer = trigger.getBoundingClientRect();
  const start = Math.min(...boxes.map(({ left }) => left)) - outer.left;
  const end = outer.right - Math.max(...boxes.map(({ right }) => right));
  return Math.abs(start - end);
}

/** The browser of these tests has a mouse, so what is meant for fingers is said again without the condition. */
function pointWithFinger({ element }: ConnectAccountHarness): ShadowRoot {
  const shadow = element.shadowRoot as ShadowRoot;
  const rules = shadow.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
  const coarse = rules.filter((rule) => rule instanceof CSSMediaRule && rule.conditionText === '(pointer: coarse)');
  const sheet = new CSSStyleSheet();
  const texts = coarse.flatMap((rule) => [...(rule as CSSMediaRule).cssRules].map((one) => one.cssText));
  sheet.replaceSync(texts.join('\n'));
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  return shadow;
}

describe('<connect-account> sizes and variants', () => {
  const popups = usePopups();
  useWarnings();

  for (const [size, measures] of Object.entries(SIZES)) {
    for (const variant of VARIANTS) {
      it(`the trigger ${variant} ${size} is ${measures[0]} px high, with text of ${measures[1]} px`, async () => {
        const harness = await look(variant, size);
        expect(measuresOf(harness, harness)).to.deep.equal(measures);
      });

      for (const [what, options] of Object.entries<MountOptions>({
        'with an icon': {},
        'without an icon': { attributes: { class: 'no-icon' } },
        'with a label of its own': { content: '<b>Link your repositories here and now</b>' },
      })) {
        it(`icon and label of ${variant} ${size} stand in the middle ${what}`, async () => {
          const sheet = document.head.appendChild(document.createElement('style'));
          sheet.textContent = '.no-icon::part(icon) { display: none; }';
          const harness = await look(variant, size, options);
          expect(offCentre(harness)).to.be.at.most(1);
          sheet.remove();
        });
      }
    }
  }

  it('the space between icon and label is 8 px', async () => {
    const harness = await mountLoaded();
    const [icon, label] = ['icon', 'label'].map((part) => harness.part(part)?.getBoundingClientRect());
    expect(Number(label?.left) - Number(icon?.right)).to.be.closeTo(8, 0.1);
  });

  it('a primary trigger is filled, and a plain one has neither ground nor border', async () => {
    const styles = [];
    for (const variant of VARIANTS) styles.push(getComputedStyle((await look(variant, 'medium')).trigger));
    const [outline, primary, plain] = styles.map(({ backgroundColor, borderTopColor }) => [
      backgroundColor,
      borderTopColor,
    ]);
    expect(outline).to.deep.equal(['rgb(255, 255, 255)', 'rgb(139, 144, 155)']);
    expect(primary).to.deep.equal(['rgb(47, 95, 224)', 'rgba(0, 0, 0, 0)']);
    expect(plain).to.deep.equal(['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)']);
  });

  it('all lengths follow the font size of the element, and none that of the page', async () => {
    document.documentElement.style.fontSize = '40px';
    const plain = await mountLoaded();
    expect(measuresOf(plain, plain)).to.deep.equal(SIZES['medium']);
    document.documentElement.style.fontSize = '';
    const style = '--connect-account-font-size: 28px';
    const twice = await mountLoaded({ attributes: { style } });
    expect(measuresOf(twice, twice)).to.deep.equal(SIZES['medium']?.map((measure) => measure * 2));
  });

  for (const size of Object.keys(SIZES)) {
    it(`a trigger of size ${size} keeps its place and size in every phase`, async () => {
      const known = PHASES.filter((phase) => !['loading', 'misconfigured'].includes(phase));
      const sizes = new Set<string>();
      for (const phase of known) {
        const { trigger, element } = await mountInPhase(phase, popups, { attributes: { size } });
        const { width, height } = trigger.getBoundingClientRect();
        sizes.add([width, height, trigger.offsetLeft, trigger.offsetTop].join(' '));
        element.remove();
      }
      expect(sizes.size).to.equal(1);
    });
  }

  it('the trigger has room for its longest own label, in the longest of our languages, beside the menu too', async () => {
    for (const phase of ['preparing', 'failed', 'needs-attention'] as const) {
      // Its letters are as wide on every machine.
      const around = '<div lang="ru" style="--connect-account-font: monospace"></div>';
      const harness = await mountInPhase(phase, popups, { around });
      const english = ['Connecting…', 'Try again', 'Reconnect'];
      await waitUntil(() => !english.includes(harness.text('label')), 'Russian');
      const label = harness.part('label') as HTMLElement;
      const words = document.createRange();
      words.selectNodeContents(label.querySelector('.name') ?? label);
      // A box that clips has no width to scroll.
      const width = words.getBoundingClientRect().width;
      expect(width, `${phase}: ${harness.name}`).to.be.at.most(label.getBoundingClientRect().width + 0.1);
    }
  });

  it('a trigger is as narrow as the page makes it, and its words are cut with an ellipsis', async () => {
    const { element, trigger, part } = await mountLoaded({ attributes: { style: 'inline-size: 90px' } });
    expect([element.offsetWidth, trigger.offsetWidth]).to.deep.equal([90, 90]);
    expect(trigger.scrollWidth).to.equal(trigger.clientWidth);
    expect(getComputedStyle(part.call({ element } as ConnectAccountHarness, 'label') as Element).textOverflow).to.equal(
      'ellipsis',
    );
  });

  it('where a finger points, every target is 44 px high at least', async () => {
    for (const phase of ['ready', 'connected', 'popup-blocked', 'awaiting-authorization'] as const) {
      const harness = await mountInPhase(phase, popups, { attributes: { size: 'small' } });
      const shadow = pointWithFinger(harness);
      for (const target of shadow.querySelectorAll<HTMLElement>('button, a'))
        expect(target.offsetHeight, `${target.getAttribute('part')} in ${phase}`).to.be.at.least(44);
    }
  });

  it('an unknown variant or size is the default, with one warning in words', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    const wrong = await look('huge', 'filled');
    await look('huge', 'filled');
    await waitUntil(() => warnings.length === 2, 'the warnings');
    console.warn = warn;
    expect(measuresOf(wrong, wrong)).to.deep.equal(SIZES['medium']);
    expect(getComputedStyle(wrong.trigger).backgroundColor).to.equal('rgb(255, 255, 255)');
    expect(warnings).to.deep.equal([
      '<connect-account>: the attribute variant has no value "huge", so it is "outline". Set it to one of: outline, primary, plain.',
      '<connect-account>: the attribute size has no value "filled", so it is "medium". Set it to one of: medium, small, large.',
    ]);
  });

  it('a variant or size that a framework has no value for is the default, without a warning', async () => {
    const warnings = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    for (const nothing of [undefined, null, ''] as never[]) {
      const harness = await mountLoaded({ properties: { variant: nothing, size: nothing } });
      expect(measuresOf(harness, harness)).to.deep.equal(SIZES['medium']);
    }
    console.warn = warn;
    expect(warnings.length).to.equal(0);
  });
});

describe('what the trigger of <connect-account> shows', () => {
  const popups = usePopups();
  useWarnings();
  afterEach(() => emulateMedia({ reducedMotion: 'no-preference' }));

  it('the spinner has a part of its own, which stays when a page hides the icon', async () => {
    const sheet = document.head.appendChild(document.createElement('style'));
    sheet.textContent = 'connect-account::part(icon) { display: none; }';
    const harness = await mountInPhase('preparing', popups);
    expect([harness.part('icon'), harness.part('spinner')?.offsetWidth]).to.deep.equal([null, 18]);
    expect(offCentre(harness)).to.be.at.most(1);
    sheet.remove();
  });

  it('the spinner pulses in its place where the user wants less motion', async () => {
    const harness = await mountInPhase('preparing', popups);
    await emulateMedia({ reducedMotion: 'reduce' });
    const spinner = harness.part('spinner') as HTMLElement;
    expect(getComputedStyle(spinner).animationName).to.equal('none');
    expect(getComputedStyle(spinner, '::before').animationName).to.equal('pulse');
    expect(getComputedStyle(harness.trigger).transitionDuration).to.equal('0s');
  });

  it('a skeleton stands in the middle of the trigger while the element is loading', async () => {
    const harness = await mountInPhase('loading', popups);
    expect(harness.part('skeleton')?.offsetWidth).to.be.greaterThan(60);
    expect([offCentre(harness) <= 1, harness.part('label')]).to.deep.equal([true, null]);
  });

  it('the skeleton is as quiet on a filled trigger as on any other', async () => {
    const contrasts: number[] = [];
    for (const variant of VARIANTS) {
      const harness = await mountInPhase('loading', popups, { attributes: { variant } });
      const bar = harness.part('skeleton') as Element;
      contrasts.push(contrastOf(bar, getComputedStyle(bar, '::after').backgroundColor));
    }
    for (const contrast of contrasts) expect(contrast).to.be.within(1.15, 1.5);
  });

  it('a connected account has its name first, then the login, then a tick with a hidden word', async () => {
    const accounts = [connectedAccount({ alias: 'Team' })];
    const harness = await mountLoaded({ accounts, attributes: { style: 'inline-size: 320px' } });
    const at = (selector: string) => harness.trigger.querySelector(selector)?.getBoundingClientRect() as DOMRect;
    const lefts = ['.icon', '.label > bdi', '.login', '.badge'].map((selector) => at(selector).left);
    expect(lefts).to.deep.equal([...lefts].sort((one, other) => one - other));
    expect(harness.text('identity')).to.equal('Team octocat');
    expect(harness.part('identity')?.title).to.equal('Team · octocat');
    expect(harness.name).to.equal('GitHub: Team octocat Connected');
    const word = harness.part('badge')?.querySelector('.visually-hidden') as HTMLElement;
    expect([word.textContent, word.offsetWidth]).to.deep.equal(['Connected', 1]);
    const menu = harness.part('menu-button')?.getBoundingClientRect() as DOMRect;
    expect(menu.left).to.be.at.least(at('.badge').right);
    expect(menu.right).to.be.at.most(harness.trigger.getBoundingClientRect().right);
  });

  const LONG_NAME = 'A name that somebody has given to this account without an end in sight';

  /** Returns an element with a connected account, and the boxes of what its trigger shows. */
  async function connectedBoxes(names: Partial<ConnectedAccount>, attributes: Record<string, string> = {}) {
    const { trigger, element } = await mountLoaded({ accounts: [connectedAccount(names)], attributes });
    const find = (selector: string) => element.renderRoot.querySelector(selector) as HTMLElement;
    const [name, login, label] = ['.name', '.login', '.label'].map(find) as [
      HTMLElement,
      HTMLElement | null,
      HTMLElement,
    ];
    const [labelBox, badge, menu] = ['.label', '.badge', '.menu-button'].map((part) =>
      find(part).getBoundingClientRect(),
    );
    const isCut = ({ scrollWidth, clientWidth }: HTMLElement) => scrollWidth > clientWidth;
    return { trigger, name, login, label, labelBox, badge, menu, isCut } as const;
  }

  it('a login that has little room beside the name ends in an ellipsis, and the name stays whole', async () => {
    const displayName = 'octocat@department.example.com';
    const { trigger, name, login, label, isCut } = await connectedBoxes({ alias: 'Team', displayName });
    expect([isCut(name), isCut(label), getComputedStyle(label).textOverflow]).to.deep.equal([false, true, 'ellipsis']);
    const [nameBox, loginBox] = [name, login as HTMLElement].map((part) => part.getBoundingClientRect());
    expect(Number(loginBox?.left) - Number(nameBox?.right)).to.be.within(6, 9);
    expect(Number(loginBox?.bottom) - Number(nameBox?.bottom)).to.be.closeTo(0, 3);
    expect([label.title, trigger.offsetHeight]).to.deep.equal([`Team · ${displayName}`, 36]);
  });

  it('a name that is too long ends in an ellipsis, and is told in full', async () => {
    const { trigger, name, label, isCut } = await connectedBoxes({ alias: LONG_NAME });
    expect([isCut(name), trigger.offsetHeight]).to.deep.equal([true, 36]);
    expect(getComputedStyle(name).textOverflow).to.equal('ellipsis');
    expect(label.title).to.equal(`${LONG_NAME} · octocat`);
    expect(trigger.textContent).to.contain('octocat');
  });

  for (const [what, names] of Object.entries<Partial<ConnectedAccount>>({
    'a login': {},
    'a name and a login': { alias: 'Team' },
    'a name and a login that is cut': { alias: 'Team GitHub', displayName: 'octocat@department.example.com' },
    'a name that is cut': { alias: LONG_NAME },
  })) {
    for (const dir of ['ltr', 'rtl']) {
      it(`the tick stands directly after ${what}, ${dir}`, async () => {
        const { name, login, labelBox, badge, menu, label, isCut } = await connectedBoxes(names, { dir });
        const last = (isCut(label) ? null : login?.getBoundingClientRect()) ?? name.getBoundingClientRect();
        const end = isCut(label) ? labelBox : last;
        const isMirrored = dir === 'rtl';
        const distance = isMirrored
          ? Number(end?.left) - Number(badge?.right)
          : Number(badge?.left) - Number(end?.right);
        expect(distance).to.be.closeTo(8, 0.5);
        const toMenu = isMirrored
          ? Number(badge?.left) - Number(menu?.right)
          : Number(menu?.left) - Number(badge?.right);
        expect(toMenu).to.be.at.least(-1);
      });
    }
  }

  for (const size of Object.keys(SIZES)) {
    it(`the tick of a ${size} trigger is not below the button of the menu, where a finger points`, async () => {
      const accounts = [connectedAccount({ alias: LONG_NAME })];
      const shadow = pointWithFinger(await look('outline', size, { accounts }));
      const [tick, menu] = ['.badge svg', '.menu-button'].map((part) => shadow.querySelector(part));
      expect(tick?.getBoundingClientRect().right).to.be.at.most(Number(menu?.getBoundingClientRect().left));
    });
  }

  for (const variant of VARIANTS) {
    it(`a large trigger, ${variant}, says below the name that it is connected, and keeps its height`, async () => {
      const options = { accounts: [connectedAccount({ alias: LONG_NAME })] };
      const { element, trigger } = await look(variant, 'large', options);
      const [label, word] = ['.label', '.badge > span'].map((part) => element.renderRoot.querySelector(part));
      const boxes = [label, word].map((part) => part?.getBoundingClientRect() as DOMRect);
      expect(word?.textContent).to.equal('Connected');
      expect(boxes[1]?.top).to.be.at.least(Number(boxes[0]?.bottom));
      expect(boxes[1]?.bottom).to.be.at.most(trigger.getBoundingClientRect().bottom - 2);
      expect([trigger.offsetHeight, contrastOf(word as Element) >= 4.5]).to.deep.equal([44, true]);
    });
  }

  it('there is room for the button of the menu only where there is one', async () => {
    const withMenu = await mountLoaded({ accounts: [connectedAccount()] });
    const without = await mountLoaded({ accounts: [connectedAccount()], attributes: { disabled: '' } });
    const room = ({ trigger }: ConnectAccountHarness) =>
      px(getComputedStyle(trigger.querySelector('.shown') as Element).paddingInlineEnd);
    expect([room(withMenu) > 20, room(without), without.part('menu-button')]).to.deep.equal([true, 0, null]);
    expect(room(await mountLoaded())).to.equal(0);
  });

  it('the ring of the button of the menu lies within the trigger, and is seen on a filled one', async () => {
    for (const variant of VARIANTS) {
      const harness = await look(variant, 'small', { accounts: [connectedAccount()] });
      harness.trigger.focus();
      await sendKeys({ press: 'Tab' });
      const button = harness.part('menu-button') as HTMLElement;
      const { outlineStyle, outlineOffset, outlineWidth, outlineColor } = getComputedStyle(button);
      expect([harness.element.shadowRoot?.activeElement === button, outlineStyle]).to.deep.equal([true, 'solid']);
      expect(px(outlineOffset) + px(outlineWidth), variant).to.be.at.most(0);
      expect(contrastOf(harness.trigger, outlineColor), variant).to.be.at.least(3);
      harness.element.remove();
    }
  });

  it('an account that needs attention has a warning sign and Reconnect in the middle, and says why below', async () => {
    const harness = await mountInPhase('needs-attention', popups);
    expect(harness.part('icon')).to.equal(null);
    const [sign, label] = ['badge', 'label'].map((part) => harness.part(part)?.getBoundingClientRect() as DOMRect);
    expect((sign?.right ?? 0) < (label?.left ?? 0)).to.equal(true);
    expect([harness.text('label'), harness.text('notice')]).to.deep.equal(['Reconnect', 'Access revoked']);
    expect(offCentre(harness)).to.be.at.most(1);
  });

  it('a failed attempt shows the icon of the app with Try again', async () => {
    const harness = await mountInPhase('failed', popups);
    expect([harness.part('icon')?.offsetWidth, harness.text('label')]).to.deep.equal([18, 'Try again']);
  });

  it('a blocked window is replaced by a filled link with a sign for a new window', async () => {
    const link = (await mountInPhase('popup-blocked', popups)).part('link') as HTMLElement;
    expect([getComputedStyle(link).backgroundColor, link.querySelectorAll('svg').length]).to.deep.equal([
      'rgb(47, 95, 224)',
      1,
    ]);
    expect(link.offsetHeight).to.equal(32);
  });

  it('an icon from markup of any size is as large as any other', async () => {
    const content =
      '<img slot="icon" alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="300" height="200">';
    const harness = await mountLoaded({ content });
    expect([harness.part('icon')?.offsetWidth, harness.element.querySelector('img')?.offsetWidth]).to.deep.equal([
      18, 18,
    ]);
    expect(harness.trigger.offsetHeight).to.equal(36);
  });

  it('boxes and headings as a label neither break the trigger nor move it', async () => {
    const content = '<div style="padding: 40px"><h1>Link it</h1><p>Now</p><table><tr><td>here</td></tr></table></div>';
    const { trigger } = await mountLoaded({ content });
    expect(trigger.scrollWidth).to.equal(trigger.clientWidth);
    expect(trigger.tagName).to.equal('BUTTON');
  });
});

describe('the words below the trigger of <connect-account>', () => {
  const popups = usePopups();
  useWarnings();
  afterEach(() => setViewport({ width: 800, height: 600 }));

  const ROW = `<div style="display: flex; align-items: center; justify-content: space-between; inline-size: 600px">
    <b>GitHub</b><span data-here></span></div>`;
  const NARROW = { style: 'inline-size: 133px' };

  const words = ({ element }: ConnectAccountHarness) => element.renderRoot.querySelector('.words') as HTMLElement;

  it('a narrow trigger does not narrow its words', async () => {
    // Its letters are as wide on every machine.
    const around = '<div style="--connect-account-font: monospace"></div>';
    const harness = await mountInPhase('awaiting-authorization', popups, { attributes: NARROW, around });
    expect(harness.trigger.offsetWidth).to.equal(133);
    expect(words(harness).offsetWidth).to.be.within(250, 320);
    expect(words(harness).offsetHeight).to.be.at.most(2 * 18 + 6);
  });

  it('the words about a mistake of the page have their room at once, and not only when the pointer comes', async () => {
    const harness = await mountInPhase('misconfigured', popups);
    await waitUntil(
      () => (harness.element.renderRoot.querySelector('.words') as HTMLElement).offsetWidth > 220,
      'room',
    );
  });

  it('the words begin at the start of the trigger, and end at its end where it stands at the end of a row', async () => {
    for (const direction of ['ltr', 'rtl']) {
      const first = await mountInPhase('awaiting-authorization', popups, { around: `<div dir="${direction}"></div>` });
      const last = await mountInPhase('awaiting-authorization', popups, {
        around: `<div dir="${direction}">${ROW}</div>`,
        attributes: NARROW,
      });
      const [start, end] = direction === 'ltr' ? (['left', 'right'] as const) : (['right', 'left'] as const);
      const at = (box: Element, edge: 'left' | 'right') => Math.round(box.getBoundingClientRect()[edge]);
      expect(at(words(first), start), direction).to.equal(at(first.trigger, start));
      expect(at(words(last), end), direction).to.equal(at(last.trigger, end));
      expect(words(last).offsetWidth, direction).to.be.greaterThan(200);
    }
  });

  it('a row of settings grows by one line, and its trigger stays where it is', async () => {
    const ready = await mountLoaded({ around: ROW });
    const row = (harness: ConnectAccountHarness) => (harness.element.closest('div') as HTMLElement).offsetHeight;
    const before = [
      row(ready),
      ready.trigger.getBoundingClientRect().right - ready.trigger.getBoundingClientRect().left,
    ];
    for (const phase of ['preparing', 'needs-attention'] as const) {
      const harness = await mountInPhase(phase, popups, { around: ROW });
      const { left, right } = harness.trigger.getBoundingClientRect();
      expect(row(harness) - Number(before[0]), phase).to.be.within(18, 26);
      expect(right - left, phase).to.equal(before[1]);
    }
  });

  it('a text and its one action share a line', async () => {
    const harness = await mountInPhase('preparing', popups);
    const [status, cancel] = ['status', 'cancel'].map((part) => harness.part(part)?.getBoundingClientRect() as DOMRect);
    const middle = (box: DOMRect | undefined) => (Number(box?.top) + Number(box?.bottom)) / 2;
    expect(middle(cancel)).to.be.closeTo(middle(status), 2);
    expect(Number(cancel?.left)).to.be.greaterThan(Number(status?.right));
  });

  it('an action that has no room beside the text begins at the start of the next line', async () => {
    const roomy = await mountInPhase('awaiting-authorization', popups);
    const room = Number(roomy.part('status')?.getBoundingClientRect().width) + 20;
    for (const dir of ['ltr', 'rtl']) {
      const around = `<div dir="${dir}" style="inline-size: ${room}px"></div>`;
      const harness = await mountInPhase('awaiting-authorization', popups, { around, attributes: NARROW });
      const [status, cancel] = ['status', 'cancel'].map((part) => harness.part(part)?.getBoundingClientRect());
      expect(cancel?.top, dir).to.be.at.least(Number(status?.bottom) - 6);
      const edge = dir === 'rtl' ? 'right' : 'left';
      expect(cancel?.[edge], dir).to.be.closeTo(words(harness).getBoundingClientRect()[edge], 0.5);
    }
  });

  it('the words stay within a card around the element', async () => {
    const around = '<div style="inline-size: 220px; padding: 12px; border: 1px solid; overflow: auto"></div>';
    const harness = await mountInPhase('awaiting-authorization', popups, { around, attributes: NARROW });
    const card = harness.element.parentElement as HTMLElement;
    expect(card.scrollWidth).to.equal(card.clientWidth);
    expect(words(harness).offsetWidth).to.be.at.most(220);
  });

  it('the words follow a change of the room around them', async () => {
    const harness = await mountInPhase('awaiting-authorization', popups, {
      around: '<div style="inline-size: 500px"></div>',
      attributes: NARROW,
    });
    const wide = words(harness).offsetWidth;
    (harness.element.parentElement as HTMLElement).style.inlineSize = '180px';
    await waitUntil(() => words(harness).offsetWidth <= 180, 'the narrow words');
    expect(wide).to.be.greaterThan(200);
  });
});

describe('<connect-account> in light and dark', () => {
  const popups = usePopups();
  useWarnings();

  /** The parts with a text, and the signs, of each phase that has one. */
  const TEXTS = ['label', 'status', 'notice', 'error', 'cancel', 'link'];
  const SIGNS = ['.badge svg', '.spinner', '.menu-button', '.link-sign'];

  for (const scheme of ['light', 'dark']) {
    for (const variant of VARIANTS) {
      it(`text has a contrast of 4.5 and signs of 3 in ${scheme}, ${variant}, in every phase`, async () => {
        const low: string[] = [];
        const around = `<div style="color-scheme: ${scheme}; background: Canvas"></div>`;
        for (const phase of PHASES) {
          const harness = await mountInPhase(phase, popups, { around, attributes: { variant } });
          const { element } = harness;
          const texts = TEXTS.filter((part) => harness.text(part) !== '').map((part) => harness.part(part));
          const login = element.renderRoot.querySelector('.login');
          for (const text of login ? [...texts, login] : texts)
            if (text && contrastOf(text) < 4.5) low.push(`${phase} ${text.className}: ${contrastOf(text)}`);
          for (const sign of SIGNS.flatMap((selector) => [...element.renderRoot.querySelectorAll(selector)])) {
            // The button of the menu lies on the trigger, but is no child of it.
            const place = sign.matches('.menu-button') ? harness.trigger : sign;
            const contrast = contrastOf(place, getComputedStyle(sign).color);
            if (contrast < 3) low.push(`${phase} ${sign.parentElement?.className}: ${contrast}`);
          }
          element.remove();
        }
        expect(low).to.deep.equal([]);
      });
    }

    it(`the border of the trigger has a contrast of 3 to both sides in ${scheme}`, async () => {
      const around = `<div style="color-scheme: ${scheme}; background: Canvas"></div>`;
      const { trigger } = await mountLoaded({ around });
      const border = getComputedStyle(trigger).borderTopColor;
      expect(contrastOf(trigger, border)).to.be.at.least(3);
      expect(
        contrastOf(
          trigger.getRootNode() instanceof ShadowRoot ? groundOf(trigger.parentElement as Element) : trigger,
          border,
        ),
      ).to.be.at.least(3);
    });
  }
});

describe('a theme for <connect-account>', () => {
  usePopups();

  it('each custom property of the trigger changes what it says', async () => {
    const style = `--connect-account-trigger-height: 50px; --connect-account-trigger-padding: 20px;
      --connect-account-trigger-radius: 3px; --connect-account-trigger-background: rgb(1, 2, 3);
      --connect-account-trigger-color: rgb(250, 251, 252); --connect-account-trigger-border: rgb(4, 5, 6);
      --connect-account-trigger-font-weight: 700; --connect-account-trigger-width: 300px;
      --connect-account-trigger-icon-size: 30px; --connect-account-trigger-gap: 11px`;
    const harness = await mountLoaded({ attributes: { style } });
    expect(measuresOf(harness, harness)).to.deep.equal([50, 14, 20, 30, 3]);
    const { backgroundColor, color, borderTopColor, fontWeight } = getComputedStyle(harness.trigger);
    expect([backgroundColor, color, borderTopColor, fontWeight]).to.deep.equal([
      ...['rgb(1, 2, 3)', 'rgb(250, 251, 252)', 'rgb(4, 5, 6)', '700'],
    ]);
    expect(harness.trigger.offsetWidth).to.equal(300);
  });

  it('values that make no sense are the defaults, with one warning in words', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    const style = '--connect-account-radius: banana; --connect-account-accent: 12px; --connect-account-space: 3px';
    const attributes = { style, variant: 'primary' };
    const { trigger } = await mountLoaded({ attributes });
    await waitUntil(() => getComputedStyle(trigger).borderTopLeftRadius === '8px', 'the default');
    await Promise.all(trigger.getAnimations().map(({ finished }) => finished));
    await mountLoaded({ attributes });
    console.warn = warn;
    expect(getComputedStyle(trigger).backgroundColor).to.equal('rgb(47, 95, 224)');
    expect(warnings.length, warnings.join('\n')).to.equal(1);
    expect(warnings[0]).to.contain('--connect-account-accent: 12px; --connect-account-radius: banana.');
  });

  it('values of all kinds that CSS knows are taken without a word', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    const style = `--connect-account-radius: 0; --connect-account-space: calc(2px + 0.2em); --connect-account-density: 1.2;
      --connect-account-accent: color-mix(in srgb, red, blue); --connect-account-shadow: none; --connect-account-font: serif;
      --connect-account-focus-ring: 3px dashed red; --connect-account-line-height: 1.2; --connect-account-font-weight: 650;
      --connect-account-trigger-background: linear-gradient(red, blue); --connect-account-duration: 0.2s;
      --connect-account-easing: cubic-bezier(0, 0, 1, 1); --connect-account-letter-spacing: 0.02em`;
    const harness = await mountLoaded({ attributes: { style } });
    harness.element.dispatchEvent(new PointerEvent('pointerenter'));
    await harness.connect();
    console.warn = warn;
    expect(warnings).to.deep.equal([]);
    expect(getComputedStyle(harness.trigger).borderTopLeftRadius).to.equal('0px');
  });
});
