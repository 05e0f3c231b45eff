import { html, nothing, type TemplateResult } from 'lit';
import type { AccountAction } from '../../core/accounts/account-actions.js';
import { menuTexts } from '../../messages/en-menu.js';
import { anchoredPanelStyles } from '../../styles/anchored-panel-styles.js';
import { buttons } from '../../styles/buttons.js';
import { icons } from '../../styles/icons.js';
import { ACTION_ICONS } from '../shared/signs.js';
import { actionLabel, windowActionName } from './account-failure.js';
import { accountMenuStyles } from './account-menu-styles.js';
import { renderConfirm, renderRename } from './account-questions.js';
import { type AccountMenuView, formatForAccount } from './account-view.js';

/** A late part of `<connect-account>`: the actions on its account. */
export { AccountActionsController } from '../../controllers/account-actions-controller.js';
export { KeptFocusController } from '../../controllers/kept-focus-controller.js';
export { failureText, renderRetry } from './account-failure.js';

export const styles = [icons, buttons, anchoredPanelStyles, accountMenuStyles];
export const texts = menuTexts;

/** Renders the open panel of an account, if any: its menu, a question, or the form for its name. Style sheet: `accountMenuStyles`. */
export function renderAccountPanel(view: AccountMenuView): TemplateResult | typeof nothing {
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
      ${view.actions.actionsFor(view.account).map((action) => renderItem(action, view))}
    </div>
  `;
}

function renderItem(action: AccountAction, view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { busy } = actions.getState(account);
  const ends = action === 'disconnect';
  return html`
    ${ends ? html`<div class="menu-line" role="separator"></div>` : nothing}
    <button
      class=${ends ? 'menu-item danger' : 'menu-item'}
      part=${`menu-item action-${action}`}
      role="menuitem"
      type="button"
      tabindex="-1"
      aria-label=${windowActionName(action, view) ?? nothing}
      data-action=${action}
      aria-disabled=${busy ? 'true' : 'false'}
      @click=${() => actions.choose(account, action)}
    ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${ACTION_ICONS[action]} /></svg
    ><span .textContent=${actionLabel(action, account, messages)}></span></button>
  `;
}
