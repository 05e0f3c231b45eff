import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { ConnectFlowController } from '../../controllers/connect-flow-controller.js';
import type { FormValue } from '../../controllers/form-value-controller.js';
import { type ConnectSettings, connectMethod } from '../../core/flow/connect-settings.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { type AccountMenuView, failureText, getIdentity } from '../account-menu/account-view.js';
import { appName, errorText, formatForApp } from '../shared/describe-attempt.js';

/** Everything that the templates of `<connect-account>` show. */
export interface ConnectView {
  readonly state: ConnectState;
  readonly error: ConnectErrorInfo | null;
  readonly messages: Messages;
  /** The page author's own label, or ''. */
  readonly label: string;
  readonly disabled: boolean;
  readonly settings: Pick<ConnectSettings, 'credentialsForm' | 'connectionData'>;
  /** For screen readers only: what has just ended well. */
  readonly announcement: string;
  readonly controller: ConnectFlowController;
  readonly actions: AccountActionsController;
  onTriggerClick(): void;
  onTriggerKey(event: KeyboardEvent): void;
}

/** Returns whether a click on the trigger leads to the provider at once. */
export function goesToProvider({ state, settings }: ConnectView): boolean {
  if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE') return false;
  const starts = state.phase === 'ready' || state.phase === 'failed' || state.phase === 'needs-attention';
  return starts && connectMethod(state.authConfig, settings) === 'hosted';
}

/** Returns the account whose menu is shown, or null in a phase without a menu. */
export function accountWithMenu({ phase, account }: ConnectState): ConnectedAccount | null {
  return phase === 'connected' || phase === 'needs-attention' ? account : null;
}

/** Returns what is shown of the actions of an account. */
export function menuView(
  account: ConnectedAccount,
  { state, messages, actions }: Pick<ConnectView, 'state' | 'messages' | 'actions'>,
): AccountMenuView {
  const app = appName(state) ?? messages.unknownApp;
  return { account, identity: getIdentity(account, app), app, messages, actions };
}

/** Returns what happened and what to do, for the user, or ''. */
export function problemText(view: ConnectView): string {
  const { state, error, messages, actions } = view;
  if (error?.reason === 'sandboxed') return formatForApp(messages.sandboxed, state, messages);
  if (state.error) return errorText(state.error, state, messages);
  return actions.failure ? failureText(actions.failure, messages, menuView(actions.failure.account, view)) : '';
}

/** Returns what a form reads of the element: the id of the connected account. */
export function formValue(
  state: ConnectState,
  { required, messages, anchor }: { required: boolean; messages: Messages; anchor: HTMLElement | null },
): FormValue {
  const value = state.account?.status === 'ACTIVE' ? state.account.id : null;
  const missing = required && value === null ? formatForApp(messages.required, state, messages) : '';
  return { value, missing, anchor: anchor ?? undefined };
}

/** Returns an account that will not work again. A disabled one will. */
export function deadAccount({ account }: ConnectState): ConnectedAccount | null {
  const isDead = account && ['EXPIRED', 'REVOKED', 'FAILED'].includes(account.status);
  return isDead ? account : null;
}

/** Returns whether the element, or a fieldset around it, is disabled. The attribute is as of the last update. */
export function isDisabled(element: HTMLElement & { readonly disabled: boolean }): boolean {
  return element.disabled || (!element.hasAttribute('disabled') && element.matches(':disabled'));
}
