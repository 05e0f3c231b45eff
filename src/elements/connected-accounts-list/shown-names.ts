import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Takes the names away that icons show under the pointer or the focus, when the user presses Escape, until the pointer or the
 * focus moves on. A name may lie over something that the user wants to read.
 * @see https://www.w3.org/WAI/WCAG22/Understanding/content-on-hover-or-focus.html
 */
export class ShownNames implements ReactiveController {
  readonly #host: ReactiveElement;
  #listening = new AbortController();

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // The pointer may rest on an icon while the focus is elsewhere.
    this.#host.ownerDocument.addEventListener('keydown', (event) => this.#onKeyDown(event), { signal });
  }

  hostDisconnected(): void {
    this.#listening.abort();
  }

  #onKeyDown({ key }: KeyboardEvent): void {
    const frame = this.#host.renderRoot.querySelector<HTMLElement>('[data-names]');
    if (key !== 'Escape' || !frame) return;
    frame.dataset['names'] = 'off';
    const show = () => {
      frame.dataset['names'] = 'on';
      for (const type of ['pointerover', 'focusin']) frame.removeEventListener(type, show);
    };
    for (const type of ['pointerover', 'focusin']) frame.addEventListener(type, show);
  }
}
