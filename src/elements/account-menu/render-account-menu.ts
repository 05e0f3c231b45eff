import { html, nothing, type TemplateResult } from 'lit';
import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { formatForAccount } from './account-words.js';
import { onMenuButtonKey } from './on-menu-button-key.js';
import { renderConfirm } from './render-confirm.js';
import { renderMenu } from './render-menu.js';
import { renderRename } from './render-rename.js';

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
