/**
 * Returns whether a key belongs to an input method, which composes a word of several keys and closes its own list of words.
 * The code alone tells: `isComposing` is false at the first key, and in Safari at the last one.
 * @see https://w3c.github.io/uievents/#determine-keydown-keyup-keyCode
 */
export function isComposed({ keyCode }: KeyboardEvent): boolean {
  return keyCode === 229;
}

/**
 * Keeps what is typed in a field from the shortcuts of the page. Outside of the shadow root its target is the element, so a
 * page takes it for a key that was pressed on a button, runs its shortcut, and often cancels the letter.
 */
export function keepTyped(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  // Alt types characters on a Mac, and AltGr does on Windows, as Ctrl with Alt. Longer keys move the focus, close or send.
  if (!isField || [...key].length !== 1 || metaKey || (ctrlKey && !altKey)) return;
  event.stopPropagation();
  // A listener of the page that captures has come first.
  const isLost = event.defaultPrevented && event.type !== 'keyup' && !altKey && !isComposed(event);
  if (isLost && !target.readOnly) insert(target, key);
}

function insert(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/** The events of a key that are kept. */
export const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;
