import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The value and validity of an element in a form. */
export interface FormValue {
  readonly value: string | null;
  /** The reason that the form cannot be submitted yet, or ''. */
  readonly missing: string;
  /** The control that the browser points at with that message. */
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
    this.#internals.setFormValue?.(value);
    this.#internals.setValidity?.({ valueMissing: missing !== '' }, missing, anchor);
  }
}
