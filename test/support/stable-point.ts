import type { BrowserWindow } from './browser.js';
import { waitUntil } from './wait-until.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Waits until an element exists, has not moved between two reads, and no view transition lies over it: its pseudo-elements
 * swallow a click (https://drafts.csswg.org/css-view-transitions-1/#view-transition-pseudos). Returns its center in the
 * viewport.
 */
export function stablePoint(read: BrowserWindow['read'], path: readonly string[]): Promise<Point> {
  let last: string | undefined;
  return waitUntil(
    async () => {
      const point = await read(findMiddle, path);
      const now = JSON.stringify(point);
      const isStable = now === last;
      last = now;
      return point !== null && isStable && point;
    },
    `${path.join(' → ')} to click`,
  );
}

/** Runs in the page. */
function findMiddle(path: readonly string[]): Point | null {
  let scope: ParentNode = document;
  let element: Element | null = null;
  for (const selector of path) {
    element = scope.querySelector(selector);
    if (element === null) return null;
    scope = element.shadowRoot ?? element;
  }
  if (element === null || !element.checkVisibility()) return null;
  element.scrollIntoView({ block: 'nearest' });
  const { x, y, width, height } = element.getBoundingClientRect();
  const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  const { activeViewTransition } = document as { activeViewTransition?: unknown };
  // In older engines it shows by what is hit: the root, whose pseudo-elements they are.
  const isCovered = activeViewTransition || document.elementFromPoint(middle.x, middle.y) === document.documentElement;
  return width > 0 && height > 0 && !isCovered ? middle : null;
}
