import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languages } from '../messages/languages.js';
import { type Messages, mergeMessages, type PartialMessages } from '../messages/messages.js';
import { languageName, normalizeTag, onRegistration, registeredMessages } from '../messages/registered-messages.js';

/** No `subtree`: with it, every element of ours would slow down each change that the page makes anywhere in the document. */
const LANGUAGE_CHANGES = { attributeFilter: ['lang'] };

/** Loads the texts of an element in the language of the nearest `lang`, across shadow roots. The default is English. */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #english: () => Messages;
  /** The texts of another language, once they are loaded. */
  #foreign: Messages | null = null;
  /** What the page has registered for this language. */
  #registered: readonly PartialMessages[] = [];
  /** The built-in texts, and the same with the registered ones. */
  #base: Messages | null = null;
  #messages: Messages | null = null;
  /** The tag that `lang` asks for; its texts may still be loading. */
  #requestedTag = 'en';
  #tag = 'en';
  #changes: MutationObserver | null = null;
  #endRegistrations = () => {};

  /** @param english returns the English texts that have been loaded so far */
  constructor(host: ReactiveControllerHost & Element, english: () => Messages) {
    this.#host = host;
    this.#english = english;
    host.addController(this);
  }

  /** The same object until a text changes. */
  get messages(): Messages {
    const base = this.#foreign ?? this.#english();
    if (this.#base !== base || !this.#messages) this.#messages = this.#registered.reduce(mergeMessages, base);
    this.#base = base;
    return this.#messages;
  }

  /** The language of `messages`. */
  get language(): string {
    return this.#foreign || this.#registered.length > 0 ? this.#tag : 'en';
  }

  /** The full tag of the nearest `lang`, for dates and numbers. */
  get locale(): string {
    return this.#tag;
  }

  hostConnected(): void {
    const follow = () => void this.#follow(nearestTag(this.#host));
    // A page may change its language without a reload.
    this.#changes = new MutationObserver(follow);
    // An element whose ancestors change is connected again.
    for (const node of ancestorsOf(this.#host)) this.#changes.observe(node, LANGUAGE_CHANGES);
    this.#endRegistrations = onRegistration(() => this.#readRegistered());
    this.#readRegistered();
    follow();
  }

  hostDisconnected(): void {
    this.#changes?.disconnect();
    this.#endRegistrations();
  }

  async #follow(tag: string): Promise<void> {
    if (tag === this.#requestedTag) return;
    this.#requestedTag = tag;
    const name = languageName(tag);
    const part = Object.hasOwn(languages, name) ? languages[name] : undefined;
    const foreign = (await part?.load().catch(() => null))?.default ?? null;
    if (this.#requestedTag !== tag) return;
    this.#foreign = foreign;
    this.#tag = tag;
    this.#readRegistered();
  }

  #readRegistered(): void {
    this.#registered = registeredMessages(this.#tag);
    this.#base = null;
    this.#host.requestUpdate();
  }
}

/** Returns the normalized tag of the nearest `lang`. */
function nearestTag(element: Element): string {
  const nearest = ancestorsOf(element).find((ancestor) => ancestor.hasAttribute('lang'));
  return normalizeTag(nearest?.getAttribute('lang') ?? '') || 'en';
}

/** Returns an element and those around it, across shadow roots. */
function ancestorsOf(element: Element): readonly Element[] {
  const around = element.parentElement ?? hostOf(element.parentNode);
  return [element, ...(around ? ancestorsOf(around) : [])];
}

function hostOf(node: Node | null): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}
