import type { ReactiveController, ReactiveElement } from 'lit';

/** Keeps the focus within an element when what had it goes away, like Cancel with its attempt. */
export class KeptFocusController implements ReactiveController {
  readonly #host: ReactiveElement;
  #focused: Element | null = null;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const isLost = this.#focused?.isConnected === false && !this.#host.shadowRoot?.activeElement;
    if (isLost) this.#host.focus();
    this.#focused = null;
  }
}
