/**
 * Moves the focus among the items of a menu: arrows, Home, End, and the first letter of an item.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menubar/#keyboardinteraction
 */
export function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const target = targetOf(event, items);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function targetOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, items: readonly HTMLElement[]) {
  const current = items.findIndex((item) => item.matches(':focus'));
  switch (key) {
    case 'ArrowDown':
      return items[(current + 1) % items.length];
    case 'ArrowUp':
      return items.at(current <= 0 ? -1 : current - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default: {
      if ([...key].length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
      const following = [...items.slice(current + 1), ...items.slice(0, current + 1)];
      return following.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
