import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LatePart } from '../core/model/late-part.js';
import type { Messages } from '../messages/messages.js';

/** The languages other than English. Each is loaded when the `lang` of a page asks for it. */
const languages: Readonly<Record<string, LatePart<{ readonly default: Messages }>>> = {
  ar: new LatePart(() => import('../messages/ar.js')),
  de: new LatePart(() => import('../messages/de.js')),
};

/** No `subtree`: with it, every element of ours would slow down each change that the page makes anywhere in the document. */
const LANGUAGE_CHANGES = { attributeFilter: ['lang'] };

/** Loads the texts of an element in the language of the nearest `lang`, across shadow roots. The default is English. */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #english: () => Messages;
  /** The texts of another language, once they are loaded. */
  #foreign: Messages | null = null;
  /** The language that `lang` asks for; its texts may still be loading. */
  #requestedLanguage = 'en';
  #resolvedLanguage = 'en';
  #changes: MutationObserver | null = null;

  /** @param english returns the English texts that have been loaded so far */
  constructor(host: ReactiveControllerHost & Element, english: () => Messages) {
    this.#host = host;
    this.#english = english;
    host.addController(this);
  }

  get messages(): Messages {
    return this.#foreign ?? this.#english();
  }

  /** The language of `messages`, which dates and numbers should use too. */
  get language(): string {
    return this.#resolvedLanguage;
  }

  hostConnected(): void {
    const follow = () => void this.#follow(nearestLanguage(this.#host));
    // A page may change its language without a reload.
    this.#changes = new MutationObserver(follow);
    // An element whose ancestors change is connected again.
    for (const node of ancestorsOf(this.#host)) this.#changes.observe(node, LANGUAGE_CHANGES);
    follow();
  }

  hostDisconnected(): void {
    this.#changes?.disconnect();
  }

  async #follow(language: string): Promise<void> {
    if (language === this.#requestedLanguage) return;
    this.#requestedLanguage = language;
    const part = Object.hasOwn(languages, language) ? languages[language] : undefined;
    const foreign = (await part?.load().catch(() => null))?.default ?? null;
    if (this.#requestedLanguage !== language) return;
    this.#foreign = foreign;
    this.#resolvedLanguage = foreign ? language : 'en';
    this.#host.requestUpdate();
  }
}

/** Returns the primary language of the nearest `lang`: `de` for `de-AT`, and for `DE_at`, which is no tag but often written. */
function nearestLanguage(element: Element): string {
  const nearest = ancestorsOf(element).find((ancestor) => ancestor.hasAttribute('lang'));
  return nearest?.getAttribute('lang')?.trim().split(/[-_]/, 1)[0]?.toLowerCase() || 'en';
}

/** Returns an element and those around it, across shadow roots. */
function ancestorsOf(element: Element): readonly Element[] {
  const around = element.parentElement ?? hostOf(element.parentNode);
  return [element, ...(around ? ancestorsOf(around) : [])];
}

function hostOf(node: Node | null): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}
