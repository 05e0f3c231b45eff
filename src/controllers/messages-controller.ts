import type { ReactiveController, ReactiveControllerHost } from 'lit';
import en from '../messages/en.js';
import { languages } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';

/** Gives an element its texts in the language of the nearest `lang`, through shadow roots; English where there is no better. */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #messages: Messages = en;
  #language = 'en';
  #spoken = 'en';

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get messages(): Messages {
    return this.#messages;
  }

  /** The language of `messages`, for dates and numbers beside them. */
  get language(): string {
    return this.#spoken;
  }

  hostConnected(): void {
    void this.#follow(nearestLanguage(this.#host));
  }

  async #follow(language: string): Promise<void> {
    if (language === this.#language) return;
    this.#language = language;
    const load = Object.hasOwn(languages, language) ? languages[language] : undefined;
    const messages = load ? (await load().catch(() => ({ default: en }))).default : en;
    if (this.#language !== language) return;
    this.#messages = messages;
    this.#spoken = messages === en ? 'en' : language;
    this.#host.requestUpdate();
  }
}

/** `de` for `de-AT`. */
function nearestLanguage(element: Element): string {
  let node: Element | null = element;
  while (node) {
    const closest: Element | null = node.closest('[lang]');
    if (closest) return (closest.getAttribute('lang') ?? '').split('-', 1)[0]?.toLowerCase() || 'en';
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
