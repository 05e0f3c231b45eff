import { html, nothing, type TemplateResult } from 'lit';
import { type AccountAction, actionsFor } from '../../core/accounts/account-actions.js';
import { renderConfirm, renderRename } from '../account-menu/account-questions.js';
import { actionLabel, formatForAccount, renderActionFailure } from '../account-menu/account-view.js';
import { ACTION_ICONS, BUSY_ICON } from './action-icons.js';
import type { RowView } from './list-view.js';

/** What opens beside its button instead of happening at once. */
const PANELS: Partial<Record<AccountAction, 'confirm' | 'rename'>> = { disconnect: 'confirm', rename: 'rename' };

/** What the account allows, and the question or the form that one of the buttons has opened. */
export function renderRowActions(view: RowView): TemplateResult {
  const { account, messages } = view;
  const buttons = actionsFor(account).map((action) => renderAction(action, view));
  return html`<div
      class="actions"
      part="actions"
      role="group"
      aria-label=${formatForAccount(messages.menu.label, view)}
    >${buttons}${renderPanel(view)}</div>`;
}

function renderPanel(view: RowView): TemplateResult | typeof nothing {
  const { panel } = view.actions.stateOf(view.account);
  if (panel === 'confirm') return renderConfirm(view);
  return panel === 'rename' ? renderRename(view) : nothing;
}

/** Why an action failed. The list's live region has said it too. */
export function renderRowFailure(view: RowView): TemplateResult | typeof nothing {
  const { failure, panel } = view.actions.stateOf(view.account);
  if (!failure || panel === 'rename') return nothing;
  return html`<div class="detail problem">${renderActionFailure(view)}</div>`;
}

// Long lists have thousands of these, so what need not be bound is not, and there is no white space to be cloned.
function renderAction(action: AccountAction, view: RowView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.stateOf(account);
  const opens = PANELS[action];
  const isOpen = opens !== undefined && panel === opens;
  const label = actionLabel(action, account, messages);
  return html`<button
      class="row-action"
      part="action"
      type="button"
      data-menu-button
      data-action=${action}
      title=${label}
      aria-expanded=${opens ? String(isOpen) : nothing}
      aria-disabled=${busy ? 'true' : nothing}
      aria-busy=${busy === action ? 'true' : nothing}
      @click=${() => (isOpen ? actions.close() : actions.choose(account, action))}
    ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${busy === action ? BUSY_ICON : ACTION_ICONS[action]} /></svg><span class="label">${label}</span></button>`;
}
