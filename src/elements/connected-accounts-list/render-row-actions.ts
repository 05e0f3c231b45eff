import { html, nothing, type TemplateResult } from 'lit';
import { type AccountAction, actionsFor } from '../../core/account-actions.js';
import { actionLabel, inAccountWords } from '../account-menu/account-words.js';
import { renderActionFailure } from '../account-menu/render-action-failure.js';
import { renderConfirm } from '../account-menu/render-confirm.js';
import { renderRename } from '../account-menu/render-rename.js';
import { ACTION_ICONS } from './action-icons.js';
import type { RowView } from './list-view.js';

/** What opens beside its button instead of happening at once. */
const PANELS: Partial<Record<AccountAction, 'confirm' | 'rename'>> = { disconnect: 'confirm', rename: 'rename' };

/** What the account allows, and the question or the form that one of the buttons has opened. */
export function renderRowActions(view: RowView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel } = actions.stateOf(account);
  return html`
    <div class="actions" part="actions" role="group" aria-label=${inAccountWords(messages.menu.label, view)}>
      ${actionsFor(account).map((action) => renderAction(action, view))}
      ${panel === 'confirm' ? renderConfirm(view) : nothing} ${panel === 'rename' ? renderRename(view) : nothing}
    </div>
  `;
}

/** Why an action failed. The list's live region has said it too. */
export function renderRowFailure(view: RowView): TemplateResult | typeof nothing {
  const { failure, panel } = view.actions.stateOf(view.account);
  if (!failure || panel === 'rename') return nothing;
  return html`<div class="detail problem">${renderActionFailure(view)}</div>`;
}

function renderAction(action: AccountAction, view: RowView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.stateOf(account);
  const opens = PANELS[action];
  const isOpen = opens !== undefined && panel === opens;
  const label = actionLabel(action, account, messages);
  return html`
    <button
      class=${isMend(action, view) ? 'row-action mend' : 'row-action'}
      part="action"
      type="button"
      data-action=${action}
      ?data-menu-button=${opens}
      aria-haspopup=${opens ? 'dialog' : nothing}
      aria-expanded=${opens ? String(isOpen) : nothing}
      aria-disabled=${busy ? 'true' : nothing}
      title=${label}
      @click=${() => (isOpen ? actions.close() : actions.choose(account, action))}
    >
      ${busy === action ? html`<span class="spinner"></span>` : ACTION_ICONS[action]}<span class="label">${label}</span>
    </button>
  `;
}

/** Whether an action is what a row that does not work is waiting for. */
function isMend(action: AccountAction, { account }: RowView): boolean {
  return action === 'enable' || (action === 'reconnect' && account.status !== 'ACTIVE');
}
