/**
 * Returns the accessible name of a control, as far as these elements need it.
 * @see https://www.w3.org/TR/accname-1.2/
 */
export function accessibleName(control: Element): string {
  const root = control.getRootNode() as ShadowRoot;
  const labelledBy = (control.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => root.getElementById?.(id));
  const labels = [...((control as HTMLInputElement).labels ?? [])];
  const ways = [
    labelledBy.map((one) => (one ? spokenText(one) : '')).join(' '),
    control.getAttribute('aria-label') ?? '',
    labels.map(spokenText).join(' '),
    control.matches('input, select, textarea') ? '' : spokenText(control),
    control.getAttribute('title') ?? '',
  ];
  return ways.map(collapse).find(Boolean) ?? '';
}

/** Returns the text that a person sees on a control: not its picture, nor what is for screen readers only. */
export function visibleText(control: Element): string {
  return collapse(textOf(control, (parent) => isSpoken(parent) && isSeen(parent)));
}

/** Returns the text that a screen reader reads, with that of slots. */
function spokenText(node: Element): string {
  return textOf(node, isSpoken);
}

function textOf(node: Node, counts: (parent: Element) => boolean): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  if (!(node instanceof Element) || !counts(node)) return '';
  const children = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [...node.childNodes];
  const text = children.map((child) => textOf(child, counts)).join('');
  return getComputedStyle(node).display.startsWith('inline') ? text : ` ${text} `;
}

function isSpoken(element: Element): boolean {
  if (element.getAttribute('aria-hidden') === 'true' || element.matches('style, script, template')) return false;
  // A slot has no box of its own.
  return element.matches('slot')
    ? !element.hasAttribute('hidden')
    : element.checkVisibility({ visibilityProperty: true });
}

function isSeen(element: Element): boolean {
  if (element.matches('slot')) return true;
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && getComputedStyle(element).clipPath !== 'inset(50%)';
}

function collapse(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
