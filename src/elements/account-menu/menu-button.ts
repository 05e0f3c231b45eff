import { css, html, nothing, type TemplateResult } from 'lit';
import type { AccountActionState } from '../../controllers/account-actions-controller.js';
import { type AccountWords, formatForAccount } from './account-view.js';

/** A button that opens the menu of an account. The menu itself may still be loading. */
export interface MenuButtonView extends AccountWords {
  /** The accessible name. */
  readonly label: string;
  readonly state: Pick<AccountActionState, 'panel' | 'busy'>;
  /** Opens the menu, or closes it. */
  onToggle(focus?: 'first' | 'last'): void;
}

/**
 * Renders the button that opens the menu of an account. Style sheet: `menuButtonStyles`. The menu stands beside a box around
 * the button that is marked `data-menu-anchor`, if there is one.
 */
export function renderMenuButton(view: MenuButtonView): TemplateResult {
  const { panel, busy } = view.state;
  return html`
    <button
      class="menu-button"
      part="menu-button"
      type="button"
      data-menu-button
      aria-haspopup="menu"
      aria-expanded=${panel ? 'true' : 'false'}
      aria-busy=${busy ? 'true' : nothing}
      aria-label=${formatForAccount(view.label, view)}
      @click=${() => view.onToggle()}
      @keydown=${(event: KeyboardEvent) => onMenuButtonKey(event, view.state, view.onToggle)}
    >
      ${busy ? html`<span class="spinner"></span>` : DOTS}
    </button>
  `;
}

/**
 * Handles the arrow keys on a button that opens a menu. Enter and Space click it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function onMenuButtonKey(
  event: KeyboardEvent,
  state: MenuButtonView['state'],
  onToggle: MenuButtonView['onToggle'],
): void {
  const { key, repeat } = event;
  const opens = (key === 'ArrowDown' || key === 'ArrowUp') && state.panel === null;
  if (opens) onToggle(key === 'ArrowUp' ? 'last' : 'first');
  // A key that is held down must not open and close the menu in turns.
  if (opens || (repeat && (key === 'Enter' || key === ' '))) event.preventDefault();
}

const DOTS = html`<svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><circle cx="3" cy="8" r="1.4" /><circle cx="8" cy="8" r="1.4" /><circle cx="13" cy="8" r="1.4" /></svg>`;

/**
 * Styles of the button that opens the menu.
 *
 * @cssprop --connect-account-menu-button-size - Width and height of the menu button.
 * @cssprop --connect-account-menu-button-color - Color of the menu button.
 * @cssprop --connect-account-menu-button-hover-background - Background of the menu button, under the pointer or while the menu is open.
 */
export const menuButtonStyles = css`
  .menu-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.4286em;
    margin-block: auto;
    display: grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: var(--connect-account-menu-button-size, 2em);
    block-size: var(--connect-account-menu-button-size, 2em);
    max-block-size: calc(100% - 2px);
    min-block-size: 24px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--connect-account-menu-button-color, var(--_muted));
    font-size: inherit;
    cursor: pointer;
    /* A ring around it would lie on the border of the trigger. */
    outline-offset: -2px;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  .menu-button:hover,
  .menu-button[aria-expanded='true'] {
    background: var(--connect-account-menu-button-hover-background, color-mix(in srgb, currentColor, transparent 92%));
    color: var(--_text);
  }

  /* The trigger below it is filled with the color of the ring. */
  .primary + .menu-button {
    color: var(--_accent-text);
    outline-color: currentColor;
  }

  .menu-button svg {
    inline-size: 1.1429em;
    block-size: 1.1429em;
  }

  @media (pointer: coarse) {
    .menu-button {
      inline-size: 44px;
      block-size: 44px;
      max-block-size: none;
      inset-inline-end: 0;
    }
  }

  @media (forced-colors: active) {
    .menu-button[aria-expanded='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
