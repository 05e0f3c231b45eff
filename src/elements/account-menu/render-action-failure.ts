import { html, nothing, type TemplateResult } from 'lit';
import { failureText } from './account-words.js';
import type { AccountMenuView } from './render-account-menu.js';

/** Why an action failed, with Try again. Nothing while nothing did, or while the form for the name says it itself. */
export function renderActionFailure(view: AccountMenuView): TemplateResult | typeof nothing {
  const { account, messages, actions } = view;
  const { failure, panel } = actions.stateOf(account);
  if (!failure || panel === 'rename') return nothing;
  return html`
    <span class="failure-text">${failureText(failure, account, messages, view)}</span>
    <span class="failure-actions">
      ${renderRetry(view)}
      <button class="action quiet" type="button" data-action="dismiss" @click=${() => actions.dismiss(account)}>
        ${messages.menu.dismiss}
      </button>
    </span>
  `;
}

/** Try again, where the reason is said elsewhere. */
export function renderRetry({ account, messages, actions }: AccountMenuView): TemplateResult | typeof nothing {
  const { failure, panel } = actions.stateOf(account);
  if (!failure || panel === 'rename') return nothing;
  return html`<button class="action" type="button" data-action="retry" @click=${() => actions.retry(account)}>
    ${messages.tryAgain}
  </button>`;
}
