import type { ReactiveController } from 'lit';
import type { ConnectedAccountsList } from './connected-accounts-list.js';

/** What has the focus, and in which row. */
interface Focused {
  readonly element: Element;
  readonly account: string | undefined;
  /** Of the row; -1 outside of the rows. */
  readonly index: number;
}

/** Keeps the focus in the list when what had it goes away: in the same row, or in the one that has moved up, or on the list. */
export class RowFocusController implements ReactiveController {
  readonly #element: ConnectedAccountsList;
  #focused: Focused | null = null;

  constructor(element: ConnectedAccountsList) {
    this.#element = element;
    element.addController(this);
  }

  hostUpdate(): void {
    const element = this.#element.shadowRoot?.activeElement;
    const row = element?.closest<HTMLElement>('[data-account]');
    this.#focused = element
      ? { element, account: row?.dataset['account'], index: row ? this.#rows.indexOf(row) : -1 }
      : null;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = null;
    if (!focused || focused.element.isConnected || this.#element.shadowRoot?.activeElement) return;
    const rows = focused.index < 0 ? [] : this.#rows;
    const same = rows.find((row) => row.dataset['account'] === focused.account);
    (
      same ??
      rows[focused.index] ??
      rows.at(-1) ??
      this.#element.renderRoot.querySelector<HTMLElement>('.list')
    )?.focus();
  }

  get #rows(): HTMLElement[] {
    return [...this.#element.renderRoot.querySelectorAll<HTMLElement>('[data-account]')];
  }
}
