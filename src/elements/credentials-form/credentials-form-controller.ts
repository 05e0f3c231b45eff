import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { eraseAnswers } from './typed-answers.js';

/** What the form's host answers. */
export interface CredentialsFormBinding {
  /** The form, while it is drawn. */
  form(): HTMLFormElement | null;
  /** What was found wrong, another object each time; null while nothing is. */
  refusal(): object | null;
  /** Whether an event came from within the host. */
  contains(event: Event): boolean;
  /** The user clicked elsewhere, with nothing typed. */
  onLeave(): void;
  /** The form is gone and the focus was in it. */
  onClosed(): void;
}

/** Where the focus goes, when the form goes, and that nothing typed outlives it. */
export class CredentialsFormController implements ReactiveController {
  readonly #binding: CredentialsFormBinding;
  #form: HTMLFormElement | null = null;
  #listening = new AbortController();
  #dirty = false;
  #refusal: object | null = null;

  constructor(host: ReactiveControllerHost, binding: CredentialsFormBinding) {
    this.#binding = binding;
    host.addController(this);
  }

  hostUpdated(): void {
    const form = this.#binding.form();
    if (form !== this.#form) {
      if (this.#form) this.#close(this.#form);
      if (form) this.#open(form);
    }
    // A new refusal takes the focus to the first field that it is about; answering does not move it.
    const refusal = this.#binding.refusal();
    if (form && refusal && refusal !== this.#refusal) this.focus();
    this.#refusal = refusal;
  }

  hostDisconnected(): void {
    if (this.#form) eraseAnswers(this.#form);
  }

  /** The first field that wants an answer. */
  focus(): void {
    const inputs = this.#form?.querySelectorAll<HTMLElement>('input:not([type=file]), textarea, [type=submit]');
    const invalid = this.#form?.querySelector<HTMLElement>('[aria-invalid]');
    (invalid ?? inputs?.[0])?.focus();
  }

  #open(form: HTMLFormElement): void {
    this.#form = form;
    this.#dirty = false;
    this.#refusal = null;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    form.addEventListener(
      'input',
      () => {
        this.#dirty = true;
      },
      { signal },
    );
    // These cross shadow roots and tell what was typed or pasted: nothing for a page that records its users.
    for (const type of ['beforeinput', 'input', 'paste']) {
      form.addEventListener(type, (event) => event.stopPropagation(), { signal });
    }
    // A click elsewhere puts a question away that nobody has begun to answer; what was typed stays.
    document.addEventListener('pointerdown', (event) => this.#onPointerDown(event), { signal });
    // A page that the browser keeps for "back" keeps its inputs.
    window.addEventListener('pagehide', () => eraseAnswers(form), { signal });
    this.focus();
  }

  #close(form: HTMLFormElement): void {
    this.#form = null;
    this.#listening.abort();
    eraseAnswers(form);
    this.#binding.onClosed();
  }

  #onPointerDown(event: Event): void {
    if (!this.#dirty && !this.#binding.contains(event)) this.#binding.onLeave();
  }
}
