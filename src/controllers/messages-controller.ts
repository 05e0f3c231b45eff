import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languages } from '../messages/languages.js';
import { type Messages, mergeMessages, type PartialMessages } from '../messages/messages.js';
import {
  languageName,
  normalizeTag,
  registeredMessages,
  registrationListeners,
} from '../messages/registered-messages.js';

/** No `subtree`: with it, every element of ours would slow down each change that the page makes anywhere in the document. */
const LANGUAGE_CHANGES = { attributeFilter: ['lang'] };

/** Loads the texts of an element in the language of the nearest `lang`, across shadow roots. The default is English. */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #english: () => Messages;
  /** The texts of another language, once they are loaded. */
  #foreign: Messages | null = null;
  #registered: readonly PartialMessages[] = [];
  /** The tag that `lang` asks for; its texts may still be loading. */
  #requestedTag = 'en';
  #tag = 'en';
  #changes: MutationObserver | null = null;
  readonly #readRegistered = () => {
    this.#registered = registeredMessages(this.#tag);
    this.#host.requestUpdate();
  };

  /** @param english returns the English texts that have been loaded so far */
  constructor(host: ReactiveControllerHost & Element, english: () => Messages) {
    this.#host = host;
    this.#english = english;
    host.addController(this);
  }

  /** The built-in texts. */
  get base(): Messages {
    return this.#foreign ?? this.#english();
  }

  /** What the page has registered for this language. The same array until a language or a text changes. */
  get registered(): readonly PartialMessages[] {
    return this.#registered;
  }

  /** The language of the texts. */
  get language(): string {
    return this.#foreign || this.#registered[0] ? this.#tag : 'en';
  }

  /** The full tag of the nearest `lang`, for dates and numbers. */
  get locale(): string {
    return this.#tag;
  }

  /** Returns the texts with those of the page and of the element, which come before the built-in ones. */
  messages(own?: PartialMessages): Messages {
    return [...this.#registered, own].reduce(mergeMessages, this.base);
  }

  hostConnected(): void {
    const follow = () => void this.#follow(nearestTag(this.#host));
    // A page may change its language without a reload.
    this.#changes = new MutationObserver(follow);
    // An element whose ancestors change is connected again.
    for (const node of ancestorsOf(this.#host)) this.#changes.observe(node, LANGUAGE_CHANGES);
    registrationListeners.add(this.#readRegistered);
    this.#readRegistered();
    follow();
  }

  hostDisconnected(): void {
    this.#changes?.disconnect();
    registrationListeners.delete(this.#readRegistered);
  }

  async #follow(tag: string): Promise<void> {
    if (tag === this.#requestedTag) return;
    this.#requestedTag = tag;
    const foreign = (await languages[languageName(tag)]?.load().catch(() => null))?.default ?? null;
    if (this.#requestedTag !== tag) return;
    this.#foreign = foreign;
    this.#tag = tag;
    this.#readRegistered();
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
