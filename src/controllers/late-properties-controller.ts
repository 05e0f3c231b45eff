import type { ComplexAttributeConverter, ReactiveController, ReactiveElement } from 'lit';
import { adviseAttributes } from './author-errors.js';
import { afterMove } from './moves.js';

/** Time that a framework has to set the required properties. Nuxt takes 56 ms, in ten tasks. */
const MISSING_AFTER_MS = 1000;

/** Time after which an attribute has to have become a property. SvelteKit, whose server writes both as attributes, takes 21 ms. */
const TEXT_AFTER_MS = 100;

/** While it is there, a framework has not set all properties yet (https://github.com/webcomponents-cg/community-protocols/pull/15). */
const DEFER = 'defer-hydration';

/** Matches the attributes that a template makes of a property that has none. HTML has no upper case. */
const NO_ATTRIBUTE = /^(session-?token|connection-?data|messages|client)$/;

/**
 * Says when an element may read its properties. Frameworks set them after the element is connected, some of them several
 * tasks later, so nothing is read in the task of the connection.
 */
export class LatePropertiesController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #isComplete: () => boolean;
  readonly #attributes: MutationObserver;
  #isConnected = false;
  #isSettled = false;
  #isOverdue = false;
  #hasStarted = false;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /** @param isComplete returns whether all required properties have a value */
  constructor(host: ReactiveElement, isComplete: () => boolean) {
    this.#host = host;
    this.#isComplete = isComplete;
    this.#attributes = new MutationObserver(() => this.#onAttributes());
    host.addController(this);
  }

  /** Whether a framework has still to set the properties. */
  get isDeferred(): boolean {
    return this.#host.hasAttribute(DEFER);
  }

  /** Whether the element may read its properties, and say what is missing. */
  get isReady(): boolean {
    const isReady = !this.isDeferred && this.#isSettled && (this.#isOverdue || this.#isComplete());
    // Once the element has read its properties, a missing one is a change like any other.
    if (isReady) this.#clearTimers();
    this.#hasStarted ||= isReady;
    return this.#hasStarted && !this.isDeferred;
  }

  hostConnected(): void {
    // A move within the page is no new beginning.
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#attributes.observe(this.#host, { attributes: true });
    this.#onAttributes();
    this.#after(0, () => {
      this.#isSettled = true;
    });
  }

  hostDisconnected(): void {
    afterMove(this.#host, () => {
      this.#attributes.disconnect();
      this.#clearTimers();
      this.#isConnected = this.#isSettled = this.#isOverdue = this.#hasStarted = false;
    });
  }

  #onAttributes(): void {
    if (this.isDeferred) return;
    const textual = this.#host.getAttributeNames().filter((name) => NO_ATTRIBUTE.test(name));
    if (textual[0]) setTimeout(() => adviseAttributes(this.#host, textual), TEXT_AFTER_MS);
    if (this.#isOverdue || this.#hasStarted) return;
    this.#after(MISSING_AFTER_MS, () => {
      this.#isOverdue = true;
    });
    this.#host.requestUpdate();
  }

  #clearTimers(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #after(delay: number, then: () => void): void {
    this.#timers.push(
      setTimeout(() => {
        then();
        this.#host.requestUpdate();
      }, delay),
    );
  }
}

/**
 * Converts an attribute that is on when it is there, but for the word `false`. Template languages write
 * `allow-multiple="false"` (Astro, Svelte and Vue) or `"False"` (Django) where they mean to leave it out.
 */
export const switchConverter: ComplexAttributeConverter<boolean> = { fromAttribute: isOn };

/** Returns the value of a switch. A framework may set the property to the text of its attribute. */
export function isOn(value: unknown): boolean {
  return typeof value === 'string' ? !/^\s*false\s*$/i.test(value) : value === true;
}

/** Converts an attribute of tokens separated by spaces or commas: `toolkit-slugs="github, slack"`. */
export const tokenListConverter: ComplexAttributeConverter<readonly string[]> = { fromAttribute: tokens };

/** Returns the items of a list. React sets the property to the text of its attribute after a change of the route. */
export function tokens<Token extends string>(value: readonly Token[] | string | null | undefined): readonly Token[] {
  return typeof value === 'string' ? (value.split(/[\s,]+/).filter(Boolean) as Token[]) : (value ?? []);
}
