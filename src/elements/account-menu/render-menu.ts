import { html, type TemplateResult } from 'lit';
import { type AccountAction, actionsFor } from '../../core/accounts/account-actions.js';
import { actionLabel, formatForAccount } from './account-words.js';
import type { AccountMenuView } from './render-account-menu.js';

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
