import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { tolerate } from '../browser/page-limits.js';
import { DISTANCE_PX, isBeside, type Placement, placeOnce } from './panel-geometry.js';

/** Narrower pages show a panel as a sheet at the bottom, by CSS alone. */
const SHEET_QUERY = '(max-width: 479.98px)';
/** Marks a panel that the browser places, in `anchoredPanelStyles`. The value is the placement. */
const BESIDE = 'data-beside';

/** A panel and its anchor, as found after each render. */
export interface AnchoredPanel {
  readonly anchor: HTMLElement | null;
  /** Needs `popover="manual"` and `anchoredPanelStyles`. Null while nothing is shown. */
  readonly panel: HTMLElement | null;
  /** The edges that are aligned. Default: `bottom-start`. */
  readonly placement?: Placement;
  /** Keeps the panel beside its anchor on narrow pages too, so that it never covers its opener. Default: a sheet. */
  readonly neverSheet?: boolean;
  /** Lets the panel cover its anchor if neither side has room, as on a page at 400 % zoom. Default: false. */
  readonly mayCover?: boolean;
}

/**
 * Shows a panel in the top layer, beside its anchor, for as long as the host renders it. It does geometry only; the host
 * opens and closes the panel and moves the focus.
 *
 * The browser itself places the panel where it has CSS anchor positioning. Floating UI is loaded where it has not, and for a
 * panel that has no room on any side.
 *
 * `popover="manual"`, not `auto`: the light dismiss of `auto` comes before the click on the opener, which would open the
 * panel again, and it would close the form for a name or a key, with what the user typed, at any click on the page.
 *
 * `fixed` in the top layer is exact in every nesting of shadow roots and transforms, where `absolute` is not
 * (https://floating-ui.com/docs/misc#handling-large-content). Where popovers are missing, `fixed` alone does it.
 */
export class AnchoredPanelController implements ReactiveController {
  readonly #anchorName: string;
  readonly #find: () => AnchoredPanel;
  #shown: HTMLElement | null = null;
  #showing = new AbortController();

  /** @param name tells the panels of a host apart that may be open together */
  constructor(host: ReactiveControllerHost, name: string, find: () => AnchoredPanel) {
    this.#anchorName = `--${name}-anchor`;
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
    this.#showing.abort();
    this.#shown = null;
  }

  #show(anchor: HTMLElement, panel: HTMLElement, options: AnchoredPanel): void {
    this.#shown = panel;
    this.#showing = new AbortController();
    // A browser may know the attribute alone, which hides the panel.
    if (typeof panel.showPopover !== 'function') panel.style.display = 'block';
    else if (!panel.matches(':popover-open')) panel.showPopover();
    if (isSheet(options)) scrollAbove(anchor, panel);
    if (placesPanels()) this.#placeByStyles(anchor, panel, options);
    else this.#placeByScript(anchor, panel, options);
  }

  #placeByStyles(anchor: HTMLElement, panel: HTMLElement, options: AnchoredPanel): void {
    const byStyles = new AbortController();
    const { signal } = byStyles;
    this.#showing.signal.addEventListener('abort', () => byStyles.abort());
    anchor.style.setProperty('anchor-name', this.#anchorName);
    panel.style.setProperty('position-anchor', this.#anchorName);
    panel.setAttribute(BESIDE, options.placement ?? 'bottom-start');
    const check = () => {
      if (isSheet(options) || isBeside(anchor, panel)) return;
      byStyles.abort();
      this.#placeByScript(anchor, panel, options);
    };
    // Not when the window is resized: a phone does that while its user scrolls, and would be scrolled back.
    const onPanel = () => (isSheet(options) ? scrollAbove(anchor, panel) : check());
    const observer = tolerate(() => new ResizeObserver(onPanel));
    observer?.observe(panel);
    addEventListener('resize', check, { signal });
    signal.addEventListener('abort', () => {
      observer?.disconnect();
      anchor.style.removeProperty('anchor-name');
    });
  }

  #placeByScript(anchor: HTMLElement, panel: HTMLElement, options: AnchoredPanel): void {
    const { signal } = this.#showing;
    const { placement = 'bottom-start', mayCover = false } = options;
    panel.removeAttribute(BESIDE);
    if (!isSheet(options)) placeOnce(anchor, panel, placement);
    import('./follow-anchor.js').then(
      ({ followAnchor }) => {
        if (signal.aborted) return;
        const stop = followAnchor(anchor, panel, { placement, mayCover, isSheet: () => isSheet(options) });
        signal.addEventListener('abort', stop);
      },
      // The panel stays where it is and can be used. The next one asks for the module again.
      () => {},
    );
  }
}

/** Returns whether the browser can place a panel beside its anchor by the rules of `anchoredPanelStyles`. */
function placesPanels(): boolean {
  const supports = (property: string, value: string) => tolerate(() => CSS.supports(property, value)) === true;
  return (
    supports('position-area', 'self-block-end span-self-inline-end') &&
    supports('position-try-fallbacks', 'flip-block flip-inline')
  );
}

function isSheet({ neverSheet = false }: AnchoredPanel): boolean {
  return !neverSheet && tolerate(() => matchMedia(SHEET_QUERY).matches) === true;
}

/** Scrolls the page so that a sheet does not cover its anchor, as far as the page can be scrolled. */
function scrollAbove(anchor: HTMLElement, { offsetHeight }: HTMLElement): void {
  anchor.style.scrollMargin = `0 0 ${offsetHeight + DISTANCE_PX}px`;
  anchor.scrollIntoView({ block: 'nearest' });
  anchor.style.scrollMargin = '';
}

/** WebKitGTK gives Shift+Tab the key `Unidentified`. */
export function isTab({ key, code }: KeyboardEvent): boolean {
  return key === 'Tab' || code === 'Tab';
}

const STOPS = 'a[href], button, input, select, textarea, summary';
const FOLDED = 'details:not([open]) > :not(summary)';

/**
 * Moves the focus by the Tab key among the controls of a dialog, from the last to the first. What lies below an open dialog
 * is covered, and must not get the focus (https://www.w3.org/WAI/WCAG22/Understanding/focus-not-obscured-minimum). Safari
 * would pass over the buttons, unless its user has asked for them.
 */
export function keepTabWithin(event: KeyboardEvent, dialog: HTMLElement): void {
  if (!isTab(event)) return;
  const all = [...dialog.querySelectorAll<HTMLElement>(STOPS)];
  const stops = all.filter((stop) => !stop.matches(':disabled') && !stop.closest(FOLDED));
  const current = stops.findIndex((stop) => stop.matches(':focus'));
  const next = event.shiftKey ? Math.max(current, 0) - 1 : (current + 1) % stops.length;
  event.preventDefault();
  stops.at(next)?.focus();
}
