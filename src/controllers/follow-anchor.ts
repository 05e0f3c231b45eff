import { autoUpdate, computePosition, flip, offset, platform, shift, size } from '@floating-ui/dom';
import { boxOf, DISTANCE_PX, MARGIN_PX, moveTo, type Placement, zoomOf } from './panel-geometry.js';

export interface FollowOptions {
  readonly placement: Placement;
  /** Lets the panel cover its anchor if neither side has room. */
  readonly mayCover: boolean;
  /** Returns true while CSS alone places the panel, as a sheet. */
  isSheet(): boolean;
}

/** The styles that {@link followAnchor} writes. */
const WRITTEN = ['left', 'top', 'max-height', 'max-width'];

/**
 * Keeps a panel beside its anchor, and within the viewport, until the returned function is called. All lengths are pixels of
 * the viewport: Floating UI itself knows nothing of CSS `zoom`.
 */
export function followAnchor(anchor: HTMLElement, panel: HTMLElement, options: FollowOptions): () => void {
  let isFollowing = true;
  const place = async () => {
    if (options.isSheet()) {
      for (const property of WRITTEN) panel.style.removeProperty(property);
      return;
    }
    const { x, y } = await positionBeside(anchor, panel, options);
    if (isFollowing) moveTo(panel, x, y);
  };
  const stop = autoUpdate(anchor, panel, () => void place());
  return () => {
    isFollowing = false;
    stop();
  };
}

function positionBeside(anchor: HTMLElement, panel: HTMLElement, { placement, mayCover }: FollowOptions) {
  const zoom = zoomOf(panel);
  const seenAnchor = { contextElement: anchor, getBoundingClientRect: () => boxOf(anchor) };
  return computePosition(seenAnchor, panel, {
    strategy: 'fixed',
    placement,
    platform: {
      ...platform,
      getDimensions: () => ({ width: panel.offsetWidth * zoom, height: panel.offsetHeight * zoom }),
    },
    middleware: [
      offset(DISTANCE_PX),
      flip({ padding: MARGIN_PX }),
      shift({ padding: MARGIN_PX, crossAxis: mayCover }),
      size({
        padding: MARGIN_PX,
        apply({ availableHeight, availableWidth }) {
          panel.style.maxHeight = `${Math.max(0, availableHeight) / zoom}px`;
          panel.style.maxWidth = `${Math.max(0, availableWidth) / zoom}px`;
        },
      }),
    ],
  });
}
