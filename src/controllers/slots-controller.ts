import type { ReactiveController, ReactiveElement } from 'lit';

/** Elements that show something without having a text. */
const PICTURES = 'img, svg, picture, video, canvas, object, embed, iframe, input, math';
/** Elements whose text nobody sees. */
const UNSEEN = 'script, style, template, noscript';
/** Attributes that are words for a screen reader. */
const NAMES = ['aria-label', 'alt', 'title'];

/**
 * Says which slots have content. A browser counts any node, so the white space between two tags, a `<br>` or the `<p></p>`
 * of a CMS would take the place of the fallback (https://github.com/whatwg/html/issues/6051).
 */
export class SlotsController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #changes: MutationObserver;
  /** What has been found, until something changes. */
  #found = new Map<string, boolean>();

  constructor(host: ReactiveElement) {
    this.#host = host;
    this.#changes = new MutationObserver(this.#update);
    // A slot of an outer shadow root may be among the children.
    host.addEventListener('slotchange', this.#update);
    host.addController(this);
  }

  hostConnected(): void {
    this.#changes.observe(this.#host, { subtree: true, childList: true, characterData: true, attributes: true });
    // Before the first rendering a child is in no slot, and so has no style.
    this.#host.renderRoot.addEventListener('slotchange', this.#update);
    this.#found.clear();
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
  }

  /** Returns whether a slot, or `''` for the default one, shows anything. */
  has(slot: string): boolean {
    return this.#find(slot, false);
  }

  /** Returns whether a slot has words for a screen reader. */
  hasWords(slot: string): boolean {
    return this.#find(slot, true);
  }

  #find(slot: string, inWords: boolean): boolean {
    const key = slot + inWords;
    const found = this.#found.get(key) ?? assignedTo(slot, this.#host).some((node) => tells(node, inWords));
    this.#found.set(key, found);
    return found;
  }

  readonly #update = (): void => {
    this.#found.clear();
    this.#host.requestUpdate();
  };
}

/** Returns the children of an element that are for a slot of its own. */
function assignedTo(slot: string, { childNodes }: Element): readonly Node[] {
  return [...childNodes]
    .filter((node) => (node instanceof Element ? node.slot : '') === slot)
    .flatMap((node) => (node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [node]));
}

/** Returns whether a node tells its reader anything: in words for a screen reader, or by what can be seen. */
function tells(node: Node, inWords: boolean): boolean {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE && hasLetters(node.textContent);
  if (node.matches(UNSEEN) || getComputedStyle(node).display === 'none') return false;
  const tellsWithin = ({ childNodes }: Node) => [...childNodes].some((child) => tells(child, inWords));
  if (!inWords) {
    // An element of another library draws what it likes.
    return node.matches(PICTURES) || node.localName.includes('-') || tellsWithin(node) || isDrawn(node);
  }
  if (node.matches('[aria-hidden="true"]')) return false;
  return NAMES.some((name) => hasLetters(node.getAttribute(name))) || tellsWithin(node.shadowRoot ?? node);
}

/** Returns whether a style sheet draws the element, as those of icon fonts do. A browser knows none of one that is in no slot. */
function isDrawn(element: Element): boolean {
  const drawn = ['::before', '::after'].map((part) => getComputedStyle(element, part).content);
  return [getComputedStyle(element).backgroundImage, ...drawn].some((value) => !/^(|none|normal)$/.test(value));
}

/** Returns whether a text has more than white space and characters without a shape. */
function hasLetters(text: string | null): boolean {
  return /[^\s\u2800\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text ?? '');
}
