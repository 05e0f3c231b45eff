import type { ReactiveController, ReactiveElement } from 'lit';
import { AnchoredPanelController, isTab, keepTabWithin } from './anchored-panel-controller.js';
import { isComposed } from './typed-keys.js';

// The marks that the templates set.
/** The button that opens a menu. Its `aria-expanded` says whether the menu is open. */
const MENU_BUTTON = 'data-menu-button';
/** The box around the button that a panel stands beside. Without it, the panel stands beside the button. */
const MENU_ANCHOR = 'data-menu-anchor';
/** An open panel. The value is its kind. */
const MENU_PANEL = 'data-menu-panel';
/** The control that gets the focus first in a panel that is no menu. */
const FIRST_FOCUS = 'data-first-focus';

/** Controls the one panel that is open in an element: its position, its keys, the focus, and when it closes. */
export class AccountPanelController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #isOpen: () => boolean;
  readonly #onLeave: (options: { focus: boolean }) => void;
  #panel: HTMLElement | null = null;
  #opener: HTMLElement | null = null;
  #focus: 'first' | 'last' = 'first';
  #listening = new AbortController();

  /**
   * @param isOpen whether a panel is rendered; saves searching a long list at every update
   * @param onLeave called when the user has turned to something else, or pressed Escape (then the focus returns)
   */
  constructor(host: ReactiveElement, isOpen: () => boolean, onLeave: (options: { focus: boolean }) => void) {
    this.#host = host;
    this.#isOpen = isOpen;
    this.#onLeave = onLeave;
    // This controller comes first, because a hidden panel cannot have the focus.
    new AnchoredPanelController(host, 'menu', () => {
      const anchor = isOpen() ? this.#anchor : null;
      // A marked box is never covered: the second click on the same point must not hit an answer.
      const mayCover = anchor?.hasAttribute(MENU_ANCHOR) === false;
      return { anchor, panel: this.#openPanel, placement: 'bottom-end', neverSheet: true, mayCover };
    });
    host.addController(this);
  }

  hostUpdated(): void {
    const panel = this.#openPanel;
    if (panel === this.#panel) return;
    if (!this.#panel) this.#opener = this.#findOpener();
    this.#panel = panel;
    this.#listening.abort();
    // The row with the panel is gone, or shows no actions any more. The panel must not come back with it.
    if (!panel && this.#isOpen()) this.#onLeave({ focus: false });
    if (!panel) return;
    this.#listen(panel);
    const first = this.#firstFocus(panel);
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }

  hostDisconnected(): void {
    this.#listening.abort();
    this.#panel = null;
  }

  /** Sets the item of the next menu that gets the focus first. */
  focusNext(item: 'first' | 'last'): void {
    this.#focus = item;
  }

  /** Focuses the button that opened the panel. */
  returnFocus(): void {
    this.#opener?.focus();
  }

  get #openPanel(): HTMLElement | null {
    return this.#isOpen() ? this.#find(`[${MENU_PANEL}]`) : null;
  }

  get #anchor(): HTMLElement | null {
    const button = this.#find(`[${MENU_BUTTON}][aria-expanded="true"]`);
    return button?.closest<HTMLElement>(`[${MENU_ANCHOR}]`) ?? button;
  }

  /** Returns the focused control that opens the menu: the menu button, or another one in its box. */
  #findOpener(): HTMLElement | null {
    const focused = this.#anchor?.querySelector<HTMLElement>('[aria-haspopup="menu"]:focus');
    return focused ?? this.#find(`[${MENU_BUTTON}][aria-expanded="true"]`);
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #firstFocus(panel: HTMLElement): HTMLElement | null {
    const items = [...panel.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    return (
      (this.#focus === 'last' ? items[items.length - 1] : items[0]) ??
      panel.querySelector<HTMLElement>(`[${FIRST_FOCUS}]`)
    );
  }

  #listen(panel: HTMLElement): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    panel.addEventListener('keydown', (event) => this.#onKeyDown(event, panel), { signal });
    // The form for a name stays open until it is sent or cancelled.
    if (panel.getAttribute(MENU_PANEL) === 'rename') return;
    panel.ownerDocument.addEventListener('pointerdown', (event) => this.#onPointerDown(event, panel), { signal });
    panel.addEventListener('focusout', ({ relatedTarget }) => this.#onFocusOut(relatedTarget, panel), { signal });
  }

  #onKeyDown(event: KeyboardEvent, panel: HTMLElement): void {
    if (isComposed(event)) return;
    const isMenu = panel.getAttribute(MENU_PANEL) === 'menu';
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#onLeave({ focus: true });
    } else if (isMenu && isTab(event)) {
      // Tab goes on from the button, because the item is about to be removed.
      this.#onLeave({ focus: true });
    } else if (isMenu) moveInMenu(event, panel);
    else keepTabWithin(event, panel);
    // A key that is held down must not answer the question that it has just brought up.
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
  }

  #onPointerDown(event: Event, panel: HTMLElement): void {
    const path = event.composedPath();
    // A click on the opener closes the panel by itself.
    if (!path.includes(panel) && !(this.#anchor && path.includes(this.#anchor))) this.#onLeave({ focus: false });
  }

  #onFocusOut(to: EventTarget | null, panel: HTMLElement): void {
    if (panel.isConnected && to instanceof Node && !panel.contains(to) && to !== this.#opener)
      this.#onLeave({ focus: false });
  }
}

/**
 * Moves the focus among the items of a menu: arrows, Home, End, and the first letter of an item.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menubar/#keyboardinteraction
 */
function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const target = menuItemForKey(event, items);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function menuItemForKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, items: readonly HTMLElement[]) {
  const current = items.findIndex((item) => item.matches(':focus'));
  switch (key) {
    case 'ArrowDown':
      return items[(current + 1) % items.length];
    case 'ArrowUp':
      return items[(current <= 0 ? items.length : current) - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items[items.length - 1];
    default: {
      if ([...key].length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
      const following = [...items.slice(current + 1), ...items.slice(0, current + 1)];
      return following.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
