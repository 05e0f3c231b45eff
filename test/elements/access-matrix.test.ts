import { expect } from '@open-wc/testing';
import { emulateMedia, executeServerCommand, setViewport } from '@web/test-runner-commands';
import { SCENES } from '../support/access-scenes.js';
import { accessibleName, visibleText } from '../support/accessible-name.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** A way to show a page: a place for the element, and what the browser does. */
interface Look {
  readonly around: string;
  begin?(): Promise<unknown>;
  end?(): Promise<unknown>;
}

const place = (style: string, more = '') => `<main ${more} style="${style}; padding: 16px"></main>`;
const LIGHT = 'color-scheme: light; background: #ffffff; color: #000000';
const DARK = 'color-scheme: dark; background: #14161a; color: #ffffff';
const WIDE = { width: 800, height: 600 };

const LOOKS: Readonly<Record<string, Look>> = {
  light: { around: place(LIGHT) },
  dark: { around: place(DARK) },
  'forced colors': {
    around: place(''),
    begin: () => executeServerCommand('force-colors', true),
    end: () => executeServerCommand('force-colors', false),
  },
  'a page from right to left': { around: place(LIGHT, 'dir="rtl"') },
  // The width of a page of 1280 px at 400 %.
  'a page of 320 px': {
    around: place(LIGHT),
    begin: () => setViewport({ width: 320, height: 640 }),
    end: () => setViewport(WIDE),
  },
};

const CONTROLS = 'button, a[href], input, textarea, select, [role="menuitem"], [tabindex="0"]';

/** Returns the controls of an element that its user can see. */
function controlsOf(element: HTMLElement): HTMLElement[] {
  const found = element.shadowRoot?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  return [...found].filter(isVisible);
}

/** Waits until nothing fades or moves any more. Spinners never end. */
async function settle(element: HTMLElement): Promise<void> {
  const running = element.shadowRoot?.getAnimations() ?? [];
  const ending = running.filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map(({ finished }) => finished));
  await frames();
}

const nameOf = (control: Element) => `${control.getAttribute('part') ?? control.id}: ${accessibleName(control)}`;

/** Returns the innermost element at a point, across shadow roots. */
function hitAt(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (;;) {
    const inner = hit?.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === null || inner === hit) return hit;
    hit = inner;
  }
}

const isVisible = (control: HTMLElement) =>
  control.isConnected && control.checkVisibility({ visibilityProperty: true });

const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/**
 * Returns whether a control, once focused, is seen at its middle or at one of its ends (WCAG 2.4.11). A panel above it may
 * close because the focus has left it.
 */
async function isUncovered(control: HTMLElement): Promise<boolean> {
  control.focus();
  await frames();
  if (!isVisible(control)) return true;
  control.scrollIntoView({ block: 'nearest' });
  const { left, right, top, bottom } = control.getBoundingClientRect();
  const y = (top + bottom) / 2;
  return [left + 4, (left + right) / 2, right - 4].some((x) => {
    const hit = hitAt(x, y);
    // A slotted label is no descendant in the shadow tree.
    return hit !== null && (control.contains(hit) || hit.localName.includes('-'));
  });
}

/** Boxes that reach out of the viewport or of a box that cuts them off. */
function cutOff(element: HTMLElement): string[] {
  const boxes = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  const width = document.documentElement.clientWidth;
  const shown = boxes.filter((box) => box.checkVisibility({ visibilityProperty: true }) && box.offsetWidth > 1);
  const outside = shown.filter((box) => {
    const { left, right } = box.getBoundingClientRect();
    return left < -1 || right > width + 1;
  });
  return outside.map((box) => `${box.localName}.${box.className}`);
}

for (const [look, { around, begin, end }] of Object.entries(LOOKS)) {
  describe(`accessibility in ${look}`, () => {
    const popups = usePopups();
    useWarnings();
    beforeEach(async () => {
      sessionStorage.clear();
      await begin?.();
    });
    afterEach(() => end?.());

    for (const scene of SCENES) {
      it(`axe finds nothing, and every control is named, large and uncovered: ${scene.name}`, async () => {
        const element = await scene.mount(popups, around);
        await settle(element);
        await expect(element).to.be.accessible();
        expectNames(element);
        expect(cutOff(element)).to.deep.equal([]);
        expect(document.documentElement.scrollWidth).to.be.at.most(document.documentElement.clientWidth);
        await expectUncovered(element);
      });
    }
  });
}

function expectNames(element: HTMLElement): void {
  for (const control of controlsOf(element)) {
    const name = accessibleName(control);
    expect(name, `name of ${control.outerHTML}`).not.to.equal('');
    // Who says what they see to voice control must be understood (WCAG 2.5.3).
    expect(name.toLowerCase(), nameOf(control)).to.contain(visibleText(control).toLowerCase());
    const { width, height } = control.getBoundingClientRect();
    expect(Math.min(width, height), `size of ${nameOf(control)}`).to.be.at.least(24);
  }
}

async function expectUncovered(element: HTMLElement): Promise<void> {
  // Tab does not leave a dialog (test/e2e/keyboard).
  const dialog = element.shadowRoot?.querySelector('[role="dialog"], [role="alertdialog"]');
  for (const control of controlsOf(element).filter((one) => !dialog || dialog.contains(one))) {
    const name = nameOf(control);
    if (isVisible(control) && !control.matches(':disabled'))
      expect(await isUncovered(control), `${name} is covered`).to.equal(true);
  }
}

describe('accessibility under what users set', () => {
  const popups = usePopups();
  useWarnings();
  beforeEach(() => sessionStorage.clear());
  afterEach(() => emulateMedia({ reducedMotion: 'no-preference' }));

  /** As bookmarklets for WCAG 1.4.12 set it, and everywhere. */
  const spacing = new CSSStyleSheet();
  spacing.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
      'p { margin-block-end: 2em !important }',
  );

  for (const scene of SCENES) {
    it(`no text is lost with the spacing of WCAG 1.4.12: ${scene.name}`, async () => {
      const element = await scene.mount(popups, place(LIGHT));
      element.shadowRoot?.adoptedStyleSheets.push(spacing);
      await settle(element);
      expect(lostTexts(element)).to.deep.equal([]);
    });
  }

  for (const scene of SCENES) {
    it(`nothing moves under prefers-reduced-motion: ${scene.name}`, async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const element = await scene.mount(popups, place(LIGHT));
      expect(moving(element)).to.deep.equal([]);
    });
  }
});

/** Returns the texts that a box cuts off. One that ends in an ellipsis must be in a title in full. */
function lostTexts(element: HTMLElement): string[] {
  const boxes = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  const cut = boxes.filter((box) => {
    if (!box.checkVisibility({ visibilityProperty: true }) || box.offsetWidth <= 1) return false;
    const { overflowX, overflowY } = getComputedStyle(box);
    const isCutX = overflowX !== 'visible' && overflowX !== 'auto' && box.scrollWidth > box.clientWidth + 1;
    const isCutY = overflowY !== 'visible' && overflowY !== 'auto' && box.scrollHeight > box.clientHeight + 1;
    return (isCutX || isCutY) && !box.matches('input, textarea') && !box.closest('[title], [aria-hidden]');
  });
  return cut.map((box) => `${box.className}: ${box.textContent?.trim()}`);
}

/** Returns the animations that change a place, a size or an angle. A pulse of the opacity is allowed. */
function moving(element: HTMLElement): string[] {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  const moves = animations.filter(({ effect }) => {
    const frames = effect instanceof KeyframeEffect ? effect.getKeyframes() : [];
    return frames.some((frame) =>
      ['transform', 'translate', 'rotate', 'scale', 'width', 'height'].some((name) => name in frame),
    );
  });
  return moves.map((animation) => `${(animation as CSSAnimation).animationName}`);
}
