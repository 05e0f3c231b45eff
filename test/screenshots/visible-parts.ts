/** What is drawn of an element, and when it stands still. Runs in the page. */

/** Part of a picture, in CSS px. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Host = HTMLElement & { readonly updateComplete?: Promise<unknown> };

const MARGIN_PX = 16;
/** The moment of an endless animation that a picture shows. */
const MOMENT_MS = 200;

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Waits until this part is drawn. @throws Error after three seconds. */
export async function part(element: HTMLElement, name: string): Promise<Element> {
  const deadline = performance.now() + 3000;
  while (performance.now() < deadline) {
    const found = element.shadowRoot?.querySelector(`[part~="${name}"]`);
    if (found?.checkVisibility({ visibilityProperty: true })) return found;
    await frame();
  }
  throw new Error(`The part ${name} was not drawn within 3 s.`);
}

/** Waits for fonts, images and late parts, ends every transition, and stops endless animations at one moment. */
export async function settled(element: Host): Promise<void> {
  let last = '';
  do {
    last = JSON.stringify(clipOf(element));
    await element.updateComplete;
    await document.fonts.ready;
    await Promise.all([...imagesOf(element)].map((image) => image.decode().catch(() => {})));
    await frame();
    await frame();
    stopAnimations(element);
  } while (last !== JSON.stringify(clipOf(element)));
}

const imagesOf = (element: HTMLElement): Iterable<HTMLImageElement> =>
  element.shadowRoot?.querySelectorAll('img') ?? [];

function stopAnimations(element: HTMLElement): void {
  for (const animation of element.shadowRoot?.getAnimations() ?? []) {
    const isEndless = animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    if (!isEndless) animation.finish();
    else {
      animation.pause();
      animation.currentTime = MOMENT_MS;
    }
  }
}

/** Returns the box around everything that is drawn of an element, panels included, with a margin. */
export function clipOf(element: HTMLElement): Clip {
  const drawn = [element, ...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .map((node) => node.getBoundingClientRect())
    // Boxes of one pixel are for screen readers.
    .filter(({ width, height }) => width > 1 && height > 1);
  const left = Math.min(...drawn.map((box) => box.left)) - MARGIN_PX;
  const top = Math.min(...drawn.map((box) => box.top)) - MARGIN_PX;
  const right = Math.max(...drawn.map((box) => box.right)) + MARGIN_PX;
  const bottom = Math.max(...drawn.map((box) => box.bottom)) + MARGIN_PX;
  const x = Math.max(0, Math.floor(left));
  const y = Math.max(0, Math.floor(top));
  return { x, y, width: Math.ceil(Math.min(right, innerWidth)) - x, height: Math.ceil(bottom) - y };
}
