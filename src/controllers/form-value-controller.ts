import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a form reads of an element. */
export interface FormValue {
  readonly value: string | null;
  /** Why the form cannot be sent yet, or ''. */
  readonly missing: string;
  /** Where the browser points with that message. */
  readonly anchor: HTMLElement | undefined;
}

/** Keeps a form-associated element's value and validity up to date, after each render. */
export class FormValueController implements ReactiveController {
  readonly #internals: ElementInternals;
  readonly #read: () => FormValue;

  constructor(host: ReactiveControllerHost, internals: ElementInternals, read: () => FormValue) {
    this.#internals = internals;
    this.#read = read;
    host.addController(this);
  }

  hostUpdated(): void {
    const { value, missing, anchor } = this.#read();
    this.#internals.setFormValue(value);
    this.#internals.setValidity({ valueMissing: missing !== '' }, missing, anchor);
  }
}
