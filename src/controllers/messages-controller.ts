import type { ReactiveController, ReactiveControllerHost } from 'lit';
import en from '../messages/en.js';
import { languages } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';

const LANGUAGE_CHANGES = { subtree: true, attributeFilter: ['lang'] };

/** Loads the texts of an element in the language of the nearest `lang`, across shadow roots. The default is English. */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #messages: Messages = en;
  /** The language that `lang` asks for; its texts may still be loading. */
  #requestedLanguage = 'en';
  #resolvedLanguage = 'en';
  #changes: MutationObserver | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get messages(): Messages {
    return this.#messages;
  }

  /** The language of `messages`, which dates and numbers should use too. */
  get language(): string {
    return this.#resolvedLanguage;
  }

  hostConnected(): void {
    const follow = () => void this.#follow(nearestLanguage(this.#host));
    // A page may change its language without a reload.
    this.#changes = new MutationObserver(follow);
    for (const root of rootsAround(this.#host)) this.#changes.observe(root, LANGUAGE_CHANGES);
    follow();
  }

  hostDisconnected(): void {
    this.#changes?.disconnect();
  }

  async #follow(language: string): Promise<void> {
    if (language === this.#requestedLanguage) return;
    this.#requestedLanguage = language;
    const load = Object.hasOwn(languages, language) ? languages[language] : undefined;
    const messages = load ? (await load().catch(() => ({ default: en }))).default : en;
    if (this.#requestedLanguage !== language) return;
    this.#messages = messages;
    this.#resolvedLanguage = messages === en ? 'en' : language;
    this.#host.requestUpdate();
  }
}

/** Returns the primary language of the nearest `lang`: `de` for `de-AT`. */
function nearestLanguage(element: Element): string {
  let node: Element | null = element;
  while (node) {
    const closest: Element | null = node.closest('[lang]');
    if (closest) return (closest.getAttribute('lang') ?? '').split('-', 1)[0]?.toLowerCase() || 'en';
    node = hostAround(node);
  }
  return 'en';
}

/** Returns the document and the shadow roots around an element. */
function rootsAround(element: Element): readonly Node[] {
  const host = hostAround(element);
  return [element.getRootNode(), ...(host ? rootsAround(host) : [])];
}

function hostAround(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
