import type { ReactiveController, ReactiveElement } from 'lit';
import { LatePart } from '../core/model/late-part.js';

/** A close look at content, which pages without any do not need. */
export const slotContentPart = new LatePart(() => import('./slot-content.js'));

/**
 * Says which slots have content. A browser counts any node, so the white space between two tags, a `<br>` or the `<p></p>`
 * of a CMS would take the place of the fallback (https://github.com/whatwg/html/issues/6051). Until the part that looks closely
 * is loaded, an element counts as content.
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
    let found = this.#found.get(key);
    if (found === undefined) {
      const { loaded } = slotContentPart;
      const nodes = assignedTo(slot, this.#host);
      if (!loaded && nodes.some(isUnsure)) slotContentPart.load().then(this.#update, () => {});
      found = nodes.some((node) => (loaded?.tells ?? seemsToTell)(node, inWords));
      this.#found.set(key, found);
    }
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

/** Returns whether a node tells its reader anything, as far as that can be said without its looks. */
function seemsToTell(node: Node, inWords: boolean): boolean {
  const isElement = node instanceof Element;
  return (isElement && !inWords) || ((isElement || isText(node)) && /\S/.test(node.textContent ?? ''));
}

/** Returns whether a node has to be looked at: it is more than white space and letters. */
function isUnsure(node: Node): boolean {
  return node instanceof Element || (isText(node) && !/^\s*$|\p{L}/u.test(node.textContent ?? ''));
}

function isText({ nodeType }: Node): boolean {
  return nodeType === Node.TEXT_NODE;
}
