/** Distance between a panel and its anchor. */
export const DISTANCE_PX = 6;
/** Distance that a panel keeps from the edges of the viewport. */
export const MARGIN_PX = 8;

/** The edges of a panel and its anchor that are aligned. */
export type Placement = 'bottom-start' | 'bottom-end';

/**
 * Returns how much larger CSS `zoom` makes an element, with that of its ancestors.
 * @see https://drafts.csswg.org/css-viewport/#dom-element-currentcsszoom
 */
export function zoomOf(element: Element): number {
  if ('currentCSSZoom' in element) return element.currentCSSZoom as number;
  const { zoom } = getComputedStyle(element) as { readonly zoom?: string };
  const parent = parentOf(element);
  return (Number(zoom) || 1) * (parent ? zoomOf(parent) : 1);
}

/**
 * Returns the box of an element in pixels of the viewport. Browsers without `currentCSSZoom`, like WebKit before it, give
 * the pixels of the zoomed element instead (https://github.com/w3c/csswg-drafts/issues/9398).
 */
export function boxOf(element: Element): DOMRect {
  const box = element.getBoundingClientRect();
  if ('currentCSSZoom' in element) return box;
  const zoom = zoomOf(element);
  return new DOMRect(box.x * zoom, box.y * zoom, box.width * zoom, box.height * zoom);
}

/** Returns whether all of a panel can be seen, and nothing of its anchor is below it. A pixel is lost in rounding. */
export function isBeside(anchor: Element, panel: Element): boolean {
  const { left, top, right, bottom } = boxOf(panel);
  const { top: anchorTop, bottom: anchorBottom } = boxOf(anchor);
  const isSeen = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
  return isSeen && (top >= anchorBottom - 1 || bottom <= anchorTop + 1);
}

/** Moves a panel to a point of the viewport. */
export function moveTo(panel: HTMLElement, x: number, y: number): void {
  const zoom = zoomOf(panel);
  panel.style.left = `${x / zoom}px`;
  panel.style.top = `${y / zoom}px`;
}

/** Puts a panel below its anchor, or above it where only that has room. It does not follow the anchor. */
export function placeOnce(anchor: Element, panel: HTMLElement, placement: Placement): void {
  const zoom = zoomOf(panel);
  const [width, height] = [panel.offsetWidth * zoom, panel.offsetHeight * zoom];
  const { left, top, right, bottom } = boxOf(anchor);
  const isRightAligned = (placement === 'bottom-end') !== (getComputedStyle(panel).direction === 'rtl');
  const x = Math.min(isRightAligned ? right - width : left, innerWidth - MARGIN_PX - width);
  const [below, above] = [bottom + DISTANCE_PX, top - DISTANCE_PX - height];
  const goesAbove = below + height > innerHeight - MARGIN_PX && above >= MARGIN_PX;
  moveTo(panel, Math.max(MARGIN_PX, x), goesAbove ? above : below);
}

/** Returns the parent in the tree that is drawn. */
function parentOf(element: Element): Element | null {
  const { assignedSlot, parentNode } = element;
  if (assignedSlot) return assignedSlot;
  return parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement;
}

/**
 * Does what `followAnchor` does, as far as that takes no Floating UI: the panel is placed again when the page scrolls or
 * changes its size. It is what the single file has, for browsers without CSS anchors.
 */
export function followPlainly(
  anchor: HTMLElement,
  panel: HTMLElement,
  { placement, isSheet }: { readonly placement: Placement; isSheet(): boolean },
): () => void {
  const following = new AbortController();
  const place = () => {
    if (!isSheet()) placeOnce(anchor, panel, placement);
  };
  for (const type of ['scroll', 'resize']) {
    addEventListener(type, place, { capture: true, passive: true, signal: following.signal });
  }
  return () => following.abort();
}
