import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { KEY_EVENTS, keepTyped } from '../../controllers/typed-keys.js';

/** The callbacks between the controller and the element that renders the form. */
export interface CredentialsFormOptions {
  /** Returns the form, while it is rendered. */
  form(): HTMLFormElement | null;
  /** Returns what was found wrong, another object each time; null while nothing is. */
  refusal(): object | null;
  /** Returns whether an event came from within the host. */
  contains(event: Event): boolean;
  /** Called when the user has clicked elsewhere, with nothing typed. */
  onLeave(): void;
  /** Called when the form has been removed. */
  onClosed(): void;
}

/** The events whose data are what was typed, pasted or dropped, but for those of keys. */
const REVEALING_EVENTS = [
  ...['beforeinput', 'input', 'textInput', 'compositionstart', 'compositionupdate', 'compositionend'],
  ...['paste', 'drop'],
];

/** Moves the focus into the form and to its errors, closes it when the user turns away, and erases what was typed. */
export class CredentialsFormController implements ReactiveController {
  readonly #options: CredentialsFormOptions;
  #form: HTMLFormElement | null = null;
  #listening = new AbortController();
  #isDirty = false;
  #refusal: object | null = null;

  constructor(host: ReactiveControllerHost, options: CredentialsFormOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    const form = this.#options.form();
    if (form !== this.#form) {
      if (this.#form) this.#close(this.#form);
      if (form) this.#open(form);
    }
    // A new refusal moves the focus to the first field that it is about. Typing does not move it.
    const refusal = this.#options.refusal();
    if (form && refusal && refusal !== this.#refusal) this.focus();
    this.#refusal = refusal;
  }

  /** Focuses the first invalid field, or the first one. */
  focus(): void {
    const inputs = this.#form?.querySelectorAll<HTMLElement>('input:not([type=file]), textarea, [type=submit]');
    const invalid = this.#form?.querySelector<HTMLElement>('[aria-invalid]');
    (invalid ?? inputs?.[0])?.focus();
  }

  #open(form: HTMLFormElement): void {
    this.#form = form;
    this.#isDirty = false;
    this.#refusal = null;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    form.addEventListener(
      'input',
      () => {
        this.#isDirty = true;
      },
      { signal },
    );
    // These events cross shadow roots and reveal what was typed, pasted or dropped. A page that records its users must not get them.
    for (const type of REVEALING_EVENTS) {
      form.addEventListener(type, (event) => event.stopPropagation(), { signal });
    }
    for (const type of KEY_EVENTS) form.addEventListener(type, keepTyped, { signal });
    // A click elsewhere closes a form that nobody has begun to fill in. What was typed stays.
    document.addEventListener('pointerdown', (event) => this.#onPointerDown(event), { signal });
    // A page in the back/forward cache keeps its inputs.
    window.addEventListener('pagehide', () => eraseAnswers(form), { signal });
    this.focus();
  }

  #close(form: HTMLFormElement): void {
    this.#form = null;
    this.#listening.abort();
    eraseAnswers(form);
    this.#options.onClosed();
  }

  #onPointerDown(event: Event): void {
    if (!this.#isDirty && !this.#options.contains(event)) this.#options.onLeave();
  }
}

/** Empties every input, so that no secret outlives its use in a detached node or in a cached page. */
function eraseAnswers(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'))
    input.value = '';
}
