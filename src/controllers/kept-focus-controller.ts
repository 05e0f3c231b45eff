import type { ReactiveController, ReactiveElement } from 'lit';

/** Marks the rows of a list; its value names the row. */
const ROW = 'data-account';

/** The element that has the focus before an update, and its row. */
interface Focused {
  readonly element: Element;
  readonly row: string | undefined;
  /** -1 outside of the rows. */
  readonly index: number;
}

/**
 * Keeps the focus within an element when what had it is removed, like Cancel with its attempt, or is in a row that a search
 * hides. In a list, the focus goes to the same row, or to the one that has moved into its place.
 */
export class KeptFocusController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #fallback: () => HTMLElement | null;
  #focused: Focused | null = null;

  /** @param fallback returns what gets the focus when no row can have it */
  constructor(host: ReactiveElement, fallback: () => HTMLElement | null) {
    this.#host = host;
    this.#fallback = fallback;
    host.addController(this);
  }

  hostUpdate(): void {
    const element = this.#host.shadowRoot?.activeElement;
    const row = element?.closest<HTMLElement>(`[${ROW}]`);
    this.#focused = element
      ? { element, row: row?.getAttribute(ROW) ?? undefined, index: row ? this.#rows.indexOf(row) : -1 }
      : null;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = null;
    if (!focused || (focused.element.isConnected && !focused.element.closest(`[${ROW}][hidden]`))) return;
    // A browser takes the focus from a hidden element later, when it draws the page.
    const active = this.#host.shadowRoot?.activeElement;
    if (active && active !== focused.element) return;
    const rows = focused.index < 0 ? [] : this.#rows;
    const same = rows.find((row) => row.getAttribute(ROW) === focused.row);
    (same ?? rows[focused.index] ?? rows[rows.length - 1] ?? this.#fallback())?.focus();
  }

  /** The visible rows. */
  get #rows(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(`[${ROW}]:not([hidden])`)];
  }
}
