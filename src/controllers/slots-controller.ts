import type { ReactiveController, ReactiveElement } from 'lit';

/** Elements that show something without having a text. */
const PICTURES = 'img, svg, picture, video, canvas, object, embed, iframe, input, math';
/** Elements whose text nobody sees. */
const UNSEEN = 'script, style, template, noscript';
const WATCHED = ['slot', 'class', 'style', 'hidden', 'alt', 'title', 'aria-label', 'aria-hidden'];

/**
 * Says which slots have content. A browser counts any node, so the white space between two tags, a `<br>` or the `<p></p>`
 * of a CMS would take the place of the fallback (https://github.com/whatwg/html/issues/6051).
 */
export class SlotsController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #changes: MutationObserver;
  /** The names of the slots with content, and of those with words, until something changes. */
  #filled: Readonly<Record<'content' | 'words', ReadonlySet<string>>> | null = null;

  constructor(host: ReactiveElement) {
    this.#host = host;
    this.#changes = new MutationObserver(this.#update);
    // A slot of an outer shadow root may be among the children.
    host.addEventListener('slotchange', this.#update);
    host.addController(this);
  }

  hostConnected(): void {
    const options = { subtree: true, childList: true, characterData: true, attributeFilter: WATCHED };
    this.#changes.observe(this.#host, options);
    // Before the first rendering a child is in no slot, and so has no style.
    this.#host.renderRoot.addEventListener('slotchange', this.#update);
    this.#filled = null;
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
  }

  /** Returns whether a slot, or `''` for the default one, shows anything. */
  has(slot: string): boolean {
    return this.#contents.content.has(slot);
  }

  /** Returns whether a slot has words for a screen reader. */
  hasWords(slot: string): boolean {
    return this.#contents.words.has(slot);
  }

  get #contents() {
    const nodes = [...this.#host.childNodes].flatMap(flattened);
    this.#filled ??= { content: slotsOf(nodes, isShown), words: slotsOf(nodes, isSpoken) };
    return this.#filled;
  }

  readonly #update = (): void => {
    this.#filled = null;
    this.#host.requestUpdate();
  };
}

interface Slotted {
  readonly slot: string;
  readonly node: Node;
}

function flattened(node: ChildNode): Slotted[] {
  const slot = node instanceof Element ? node.slot : '';
  const nodes = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [node];
  return nodes.map((one) => ({ slot, node: one }));
}

function slotsOf(nodes: readonly Slotted[], fits: (node: Node) => boolean): ReadonlySet<string> {
  return new Set(nodes.filter(({ node }) => fits(node)).map(({ slot }) => slot));
}

function isShown(node: Node): boolean {
  if (!(node instanceof Element)) return isWord(node);
  if (node.matches(UNSEEN) || getComputedStyle(node).display === 'none') return false;
  // An element of another library draws what it likes.
  if (node.matches(PICTURES) || node.localName.includes('-')) return true;
  return [...node.childNodes].some(isShown) || isDrawn(node);
}

/** Returns whether a style sheet draws the element, as those of icon fonts do. */
function isDrawn(element: Element): boolean {
  // A browser knows no style of an element that is in no slot.
  const isSet = (value: string) => value !== '' && value !== 'none' && value !== 'normal';
  const drawn = ['::before', '::after'].map((part) => getComputedStyle(element, part).content);
  return [getComputedStyle(element).backgroundImage, ...drawn].some(isSet);
}

function isSpoken(node: Node): boolean {
  if (!(node instanceof Element)) return isWord(node);
  if (node.matches(`${UNSEEN}, [aria-hidden="true"]`) || getComputedStyle(node).display === 'none') return false;
  const named = ['aria-label', 'alt', 'title'].some((name) => hasLetters(node.getAttribute(name)));
  return named || [...(node.shadowRoot ?? node).childNodes].some(isSpoken);
}

function isWord({ nodeType, textContent }: Node): boolean {
  return nodeType === Node.TEXT_NODE && hasLetters(textContent);
}

/** Returns whether a text has more than white space and characters without a shape. */
function hasLetters(text: string | null): boolean {
  return /[^\s\u2800\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text ?? '');
}
