import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { tolerate } from '../browser/page-limits.js';

/** Stands in for the internals of an element in a browser without them: there it takes no part in forms. */
const NONE = {
  form: null,
  validationMessage: '',
  willValidate: false,
  checkValidity: () => true,
  reportValidity: () => true,
};

/** Returns the internals of an element. Safari has them from 16.4, and simulated pages have none or half of them. */
export function internalsOf(element: HTMLElement): ElementInternals {
  const internals = tolerate(() => element.attachInternals());
  return internals && 'checkValidity' in internals ? internals : (NONE as unknown as ElementInternals);
}

/** Replaces a custom state. Chrome wants two dashes in front up to 124, and others have no states. */
export function replaceState(internals: ElementInternals, before: string, after: string): void {
  const states: CustomStateSet | undefined = internals.states;
  for (const name of [before, `--${before}`]) states?.delete(name);
  tolerate(() => states?.add(after)) ?? tolerate(() => states?.add(`--${after}`));
}

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
