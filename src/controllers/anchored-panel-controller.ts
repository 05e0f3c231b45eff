import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Below this width a panel is a sheet at the bottom, by CSS alone. */
const SHEET = '(max-width: 479.98px)';
const DISTANCE = 6;
const MARGIN = 8;

/** Which boxes belong together; read anew after each render. */
export interface AnchoredPanel {
  readonly anchor: HTMLElement | null;
  /** Has `popover="manual"`, `position: fixed`, `inset: auto` and `margin: 0`. Null while nothing is to be shown. */
  readonly panel: HTMLElement | null;
  /** Which edges are aligned. Default `bottom-start`. */
  readonly placement?: 'bottom-start' | 'bottom-end';
  /** Stands beside its anchor on narrow pages too, so that it never covers what opened it. Default: a sheet there. */
  readonly neverSheet?: boolean;
  /** Lies over its anchor where there is too little room on either side, as on a page at 400 % zoom. Default false. */
  readonly mayCover?: boolean;
}

/**
 * Shows a panel in the top layer, beside its anchor, for as long as the host renders it. Geometry only: who opens and
 * closes it, and where the focus goes, is the host's business.
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

  /** A move within the page hides what is in the top layer; the next update shows it again. */
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
    if (!neverSheet && matchMedia(SHEET).matches) {
      for (const property of ['left', 'top', 'max-height', 'max-width']) panel.style.removeProperty(property);
      return;
    }
    const { x, y } = await computePosition(anchor, panel, {
      strategy: 'fixed',
      placement,
      middleware: [
        offset(DISTANCE),
        flip({ padding: MARGIN }),
        shift({ padding: MARGIN, crossAxis: mayCover }),
        size({
          padding: MARGIN,
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
