import { html, nothing, type TemplateResult } from 'lit';
import type { AccountFailure } from '../../controllers/account-actions-controller.js';
import type { AccountAction } from '../../core/accounts/account-actions.js';
import { type ConnectedAccount, isCredentialScheme } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import type { AccountMenuView } from './account-menu.js';

/** What a text may name. */
export interface AccountWords {
  /** Whose account it is, as the element shows it. */
  readonly identity: string;
  /** Name of the app. */
  readonly app: string;
}

/** Returns `text` with the account and the app in it. */
export function formatForAccount(text: string, { identity, app }: AccountWords): string {
  return formatMessage(text, { account: identity, app });
}

/** "Which login is this?", as good as it can be told. */
export function identityOf(account: ConnectedAccount, app: string): string {
  return account.displayName ?? account.alias ?? account.wordId ?? app;
}

/** What an action of an account is called. */
export function actionLabel(action: AccountAction, account: ConnectedAccount, { menu }: Messages): string {
  return action === 'reconnect' && isCredentialScheme(account.authConfig.authScheme) ? menu.replaceKey : menu[action];
}

/** Why an action failed and what to do, in the user's words. */
export function failureText(
  { action, error }: AccountFailure,
  account: ConnectedAccount,
  messages: Messages,
  words: AccountWords,
): string {
  const failed = formatMessage(messages.menu.failed, { action: actionLabel(action, account, messages) });
  return `${failed} ${formatForAccount(messages.errors[error.code], words)}`;
}

/** What is wrong with a name that the user typed. */
export function nameProblem({ error }: AccountFailure, messages: Messages, words: AccountWords): string {
  const text = error.code === 'invalid_request' ? messages.menu.badName : messages.errors[error.code];
  return formatForAccount(text, words);
}

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
