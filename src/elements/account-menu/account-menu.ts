import { html, nothing, type TemplateResult } from 'lit';
import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import { type AccountAction, actionsFor } from '../../core/accounts/account-actions.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { renderConfirm, renderRename } from './account-questions.js';
import { actionLabel, formatForAccount } from './account-view.js';

/** What is drawn of the actions of one account. */
export interface AccountMenuView {
  readonly account: ConnectedAccount;
  /** Whose account it is, as the element shows it. */
  readonly identity: string;
  /** Name of the app. */
  readonly app: string;
  readonly messages: Messages;
  readonly actions: AccountActionsController;
}

/**
 * The button that opens the menu of an account, and what is open. Sheet: `accountMenuStyles`.
 * A box around it that is marked `data-menu-anchor` is what the menu stands beside.
 */
export function renderAccountMenu(view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.stateOf(account);
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

function renderPanel(view: AccountMenuView): TemplateResult | typeof nothing {
  switch (view.actions.stateOf(view.account).panel) {
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

const DOTS = html`<svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><circle cx="3" cy="8" r="1.4" /><circle cx="8" cy="8" r="1.4" /><circle cx="13" cy="8" r="1.4" /></svg>`;

/** What the account allows, as a menu. */
export function renderMenu(view: AccountMenuView): TemplateResult {
  const label = formatForAccount(view.messages.menu.label, view);
  return html`
    <div class="menu-panel" part="menu" role="menu" data-menu-panel="menu" popover="manual" tabindex="-1" aria-label=${label}>
      ${actionsFor(view.account).map((action) => renderItem(action, view))}
    </div>
  `;
}

function renderItem(action: AccountAction, { account, messages, actions }: AccountMenuView): TemplateResult {
  const { busy } = actions.stateOf(account);
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
    >
      ${actionLabel(action, account, messages)}
    </button>
  `;
}

/**
 * What the arrow keys do on a button that opens a menu; Enter and Space click it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function onMenuButtonKey(
  event: KeyboardEvent,
  account: ConnectedAccount,
  actions: AccountActionsController,
): void {
  const { key, repeat } = event;
  const opens = (key === 'ArrowDown' || key === 'ArrowUp') && actions.stateOf(account).panel === null;
  if (opens) actions.toggleMenu(account, key === 'ArrowUp' ? 'last' : 'first');
  // A key that is held down must not open and close it in turns.
  if (opens || (repeat && (key === 'Enter' || key === ' '))) event.preventDefault();
}
