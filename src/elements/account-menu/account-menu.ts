import { html, nothing, type TemplateResult } from 'lit';
import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import { type AccountAction, actionsFor } from '../../core/accounts/account-actions.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { renderConfirm, renderRename } from './account-questions.js';
import { type AccountMenuView, actionLabel, formatForAccount } from './account-view.js';

/**
 * Renders the button that opens the menu of an account, and the open panel. Style sheet: `accountMenuStyles`. The menu
 * stands beside a box around the button that is marked `data-menu-anchor`, if there is one.
 */
export function renderAccountMenu(view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.getState(account);
  return html`
    <button
      class="menu-button"
      part="menu-button"
      type="button"
      data-menu-button
      aria-haspopup="menu"
      aria-expanded=${panel ? 'true' : 'false'}
      aria-busy=${busy ? 'true' : nothing}
      aria-label=${formatForAccount(messages.menu.label, view)}
      @click=${() => actions.toggleMenu(account)}
      @keydown=${(event: KeyboardEvent) => onMenuButtonKey(event, account, actions)}
    >
      ${busy ? html`<span class="spinner"></span>` : DOTS}
    </button>
    ${renderPanel(view)}
  `;
}

/**
 * Handles the arrow keys on a button that opens a menu. Enter and Space click it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function onMenuButtonKey(
  event: KeyboardEvent,
  account: ConnectedAccount,
  actions: AccountActionsController,
): void {
  const { key, repeat } = event;
  const opens = (key === 'ArrowDown' || key === 'ArrowUp') && actions.getState(account).panel === null;
  if (opens) actions.toggleMenu(account, key === 'ArrowUp' ? 'last' : 'first');
  // A key that is held down must not open and close the menu in turns.
  if (opens || (repeat && (key === 'Enter' || key === ' '))) event.preventDefault();
}

function renderPanel(view: AccountMenuView): TemplateResult | typeof nothing {
  switch (view.actions.getState(view.account).panel) {
    case 'menu':
      return renderMenu(view);
    case 'confirm':
      return renderConfirm(view);
    case 'rename':
      return renderRename(view);
    case null:
      return nothing;
  }
}

function renderMenu(view: AccountMenuView): TemplateResult {
  const label = formatForAccount(view.messages.menu.label, view);
  return html`
    <div class="menu-panel" part="menu" role="menu" data-menu-panel="menu" popover="manual" tabindex="-1" aria-label=${label}>
      ${actionsFor(view.account).map((action) => renderItem(action, view))}
    </div>
  `;
}

function renderItem(action: AccountAction, { account, messages, actions }: AccountMenuView): TemplateResult {
  const { busy } = actions.getState(account);
  return html`
    <button
      class=${action === 'disconnect' ? 'menu-item danger' : 'menu-item'}
      part="menu-item"
      role="menuitem"
      type="button"
      tabindex="-1"
      data-action=${action}
      aria-disabled=${busy ? 'true' : 'false'}
      @click=${() => actions.choose(account, action)}
      .textContent=${actionLabel(action, account, messages)}
    ></button>
  `;
}

const DOTS = html`<svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><circle cx="3" cy="8" r="1.4" /><circle cx="8" cy="8" r="1.4" /><circle cx="13" cy="8" r="1.4" /></svg>`;
