import { html, nothing, type TemplateResult } from 'lit';
import type { AccountFailure } from '../../controllers/account-actions-controller.js';
import type { AccountAction } from '../../core/accounts/account-actions.js';
import { type ConnectedAccount, isCredentialScheme } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { type AccountMenuView, type AccountMenuWords, type AccountWords, formatForAccount } from './account-view.js';

/** Returns the label of an action. */
export function actionLabel(action: AccountAction, account: ConnectedAccount, { menu }: Messages): string {
  return action === 'reconnect' && isCredentialScheme(account.authConfig.authScheme) ? menu.replaceKey : menu[action];
}

/** Returns the accessible name of an action that opens a window, or null where the label is the name. */
export function windowActionName(
  action: AccountAction,
  { account, messages, sameTab }: AccountMenuWords,
): string | null {
  const { authScheme } = account.authConfig;
  const isHosted = authScheme !== 'NO_AUTH' && !isCredentialScheme(authScheme);
  const opensWindow = action === 'reconnect' && isHosted && !sameTab;
  return opensWindow ? `${actionLabel(action, account, messages)} (${messages.opensWindow})` : null;
}

/** Returns why an action failed and what to do, for the user. */
export function failureText(
  { account, action, error }: AccountFailure,
  messages: Messages,
  words: AccountWords,
): string {
  const failed = formatMessage(messages.menu.failed, { action: actionLabel(action, account, messages) });
  return `${failed} ${formatForAccount(messages.errors[error.code] ?? '', words)}`;
}

/** Renders why an action failed, with Try again and Dismiss. */
export function renderActionFailure(failure: AccountFailure, view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  return html`
    <span class="failure-text" .textContent=${failureText(failure, messages, view)}></span>
    <span class="failure-actions">
      ${renderRetry(view)}
      <button class="action quiet" type="button" data-action="dismiss" @click=${() => actions.dismiss(account)} .textContent=${messages.menu.dismiss}></button>
    </span>
  `;
}

/** Renders Try again alone, for an element that shows the reason elsewhere. */
export function renderRetry({ account, messages, actions }: AccountMenuView): TemplateResult | typeof nothing {
  if (!actions.failureOf(account)) return nothing;
  return html`<button class="action" type="button" data-action="retry" @click=${() => actions.retry(account)} .textContent=${messages.tryAgain}></button>`;
}
