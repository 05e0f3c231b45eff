import type { ConnectPhase } from '../core/flow/connect-state.js';

/** An element with a shadow root: `<connect-account>` or `<connected-accounts-list>`. */
type Host = Element & { readonly updateComplete?: Promise<unknown> };

/** `<connect-account>`, by the property that is read here. */
type HostWithState = Host & { readonly state?: { readonly phase: ConnectPhase } };

const INTERVAL_MS = 10;
const DEFAULT_TIMEOUT_MS = 5000;

/** Returns the first box with this part (`trigger`, `menu-item`, …), or null if it is not drawn. */
export function findPart(element: Element, part: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`) ?? null;
}

/**
 * Clicks a part.
 * @throws Error if the part is not drawn, with the parts that are
 */
export function clickPart(element: Element, part: string): void {
  const box = findPart(element, part);
  if (box) {
    box.click();
    return;
  }
  const drawn = [...(element.shadowRoot?.querySelectorAll('[part]') ?? [])].map((one) => one.getAttribute('part'));
  throw new Error(`<${element.localName}> has no part "${part}" now. It has: ${[...new Set(drawn)].join(', ')}.`);
}

/** Returns the text of a part with single spaces, or `''` if it is not drawn. */
export function textOfPart(element: Element, part: string): string {
  return (findPart(element, part)?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Waits until `<connect-account>` is in this phase and has drawn it.
 * @param timeout in ms; default 5000
 * @throws Error after that time, with the phase that it is in
 */
export async function waitForPhase(
  element: HostWithState,
  phase: ConnectPhase,
  timeout = DEFAULT_TIMEOUT_MS,
): Promise<void> {
  const end = performance.now() + timeout;
  while (element.state?.phase !== phase) {
    if (performance.now() > end) {
      const actual = element.state ? `It is in "${element.state.phase}".` : 'It is not defined: import define.js.';
      throw new Error(`<${element.localName}> was not in phase "${phase}" within ${timeout} ms. ${actual}`);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  await element.updateComplete;
}
