import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Narrower pages show a panel as a sheet at the bottom, by CSS alone. */
const SHEET_QUERY = '(max-width: 479.98px)';
const DISTANCE_PX = 6;
const MARGIN_PX = 8;

/** A panel and its anchor, as found after each render. */
export interface AnchoredPanel {
  readonly anchor: HTMLElement | null;
  /** Needs `popover="manual"`, `position: fixed`, `inset: auto` and `margin: 0`. Null while nothing is shown. */
  readonly panel: HTMLElement | null;
  /** The edges that are aligned. Default: `bottom-start`. */
  readonly placement?: 'bottom-start' | 'bottom-end';
  /** Keeps the panel beside its anchor on narrow pages too, so that it never covers its opener. Default: a sheet. */
  readonly neverSheet?: boolean;
  /** Lets the panel cover its anchor if neither side has room, as on a page at 400 % zoom. Default: false. */
  readonly mayCover?: boolean;
}

/**
 * Shows a panel in the top layer, beside its anchor, for as long as the host renders it. It does geometry only; the host
 * opens and closes the panel and moves the focus.
 *
 * `fixed` in the top layer is exact in every nesting of shadow roots and transforms, where `absolute` is not
 * (https://floating-ui.com/docs/misc#handling-large-content). Where popovers are missing, `fixed` alone does it.
 */
export class AnchoredPanelController implements ReactiveController {
  readonly #find: () => AnchoredPanel;
  #shown: HTMLElement | null = null;
  #stop = () => {};

  constructor(host: ReactiveControllerHost, find: () => AnchoredPanel) {
    this.#find = find;
    host.addController(this);
  }

  hostUpdated(): void {
    const found = this.#find();
    const { anchor, panel } = found;
    if (panel === this.#shown) return;
    this.#hide();
    if (anchor && panel) this.#show(anchor, panel, found);
  }

  hostDisconnected(): void {
    this.#hide();
  }

  /** A move within the page hides everything in the top layer. The next update shows the panel again. */
  #hide(): void {
    this.#stop();
    this.#stop = () => {};
    this.#shown = null;
  }

  #show(anchor: HTMLElement, panel: HTMLElement, options: AnchoredPanel): void {
    this.#shown = panel;
    if (typeof panel.showPopover === 'function' && !panel.matches(':popover-open')) panel.showPopover();
    this.#stop = autoUpdate(anchor, panel, () => void this.#place(anchor, panel, options));
  }

  async #place(anchor: HTMLElement, panel: HTMLElement, options: AnchoredPanel): Promise<void> {
    const { placement = 'bottom-start', neverSheet = false, mayCover = false } = options;
    if (!neverSheet && matchMedia(SHEET_QUERY).matches) {
      for (const property of ['left', 'top', 'max-height', 'max-width']) panel.style.removeProperty(property);
      return;
    }
    const { x, y } = await computePosition(anchor, panel, {
      strategy: 'fixed',
      placement,
      middleware: [
        offset(DISTANCE_PX),
        flip({ padding: MARGIN_PX }),
        shift({ padding: MARGIN_PX, crossAxis: mayCover }),
        size({
          padding: MARGIN_PX,
          apply({ availableHeight, availableWidth }) {
            panel.style.maxHeight = `${Math.max(0, availableHeight)}px`;
            panel.style.maxWidth = `${Math.max(0, availableWidth)}px`;
          },
        }),
      ],
    });
    // Another panel may have taken its place while this one was measured.
    if (this.#shown !== panel) return;
    panel.style.left = `${x}px`;
    panel.style.top = `${y}px`;
  }
}
