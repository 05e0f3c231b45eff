import type { FollowOptions } from './follow-anchor.js';
import { placeOnce } from './panel-geometry.js';

/**
 * Does what `followAnchor` does, as far as that takes no Floating UI: the panel is placed again when the page scrolls or
 * changes its size. It is what the single file has, for browsers without CSS anchors.
 */
export function followAnchor(
  anchor: HTMLElement,
  panel: HTMLElement,
  { placement, isSheet }: Pick<FollowOptions, 'placement' | 'isSheet'>,
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
