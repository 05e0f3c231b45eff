/** Elements that show something without having a text. */
const PICTURES = 'img, svg, picture, video, canvas, object, embed, iframe, input, math';
/** Elements whose text nobody sees. */
const UNSEEN = 'script, style, template, noscript';
/** Attributes that are words for a screen reader. */
const NAMES = ['aria-label', 'alt', 'title'];

/** Returns whether a node tells its reader anything: in words for a screen reader, or by what can be seen. */
export function tells(node: Node, inWords: boolean): boolean {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE && hasLetters(node.textContent);
  if (node.matches(UNSEEN) || getComputedStyle(node).display === 'none') return false;
  const tellsWithin = (parent: Node) => contentOf(parent).some((child) => tells(child, inWords));
  if (!inWords) {
    // An element of another library draws what it likes.
    return node.matches(PICTURES) || node.localName.includes('-') || tellsWithin(node) || isDrawn(node);
  }
  if (node.matches('[aria-hidden="true"]') || isInvisible(node)) return false;
  return NAMES.some((name) => hasLetters(node.getAttribute(name))) || tellsWithin(node.shadowRoot ?? node);
}

/** Returns whether an element is invisible by itself: in a slot or a box that is visible. */
function isInvisible(element: Element): boolean {
  const isHidden = (one: Element | null) => !!one && getComputedStyle(one).visibility === 'hidden';
  return isHidden(element) && !isHidden(element.assignedSlot ?? element.parentElement);
}

/** Returns what is within a node. A slot of an outer component has what was given to that component, or its own content. */
function contentOf(node: Node): readonly Node[] {
  return node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [...node.childNodes];
}

/** Returns whether a style sheet draws the element, as those of icon fonts do. A browser knows none of one that is in no slot. */
function isDrawn(element: Element): boolean {
  const drawn = ['::before', '::after'].map((part) => getComputedStyle(element, part).content);
  return [getComputedStyle(element).backgroundImage, ...drawn].some((value) => !/^(|none|normal)$/.test(value));
}

/** Returns whether a text has more than white space and characters without a shape. */
function hasLetters(text: string | null): boolean {
  return /[^\s\u2800\ufffc\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text ?? '');
}
