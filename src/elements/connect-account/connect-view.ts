import type { nothing, TemplateResult } from 'lit';
import { isHomeScreenApp } from '../../browser/authorization-window.js';
import type {
  AccountActionState,
  AccountActionsController,
  AccountFailure,
} from '../../controllers/account-actions-controller.js';
import { adviseWord } from '../../controllers/author-errors.js';
import type { ConnectFlowController } from '../../controllers/connect-flow-controller.js';
import type { FormValue } from '../../controllers/form-value-controller.js';
import type { SlotsController } from '../../controllers/slots-controller.js';
import { connectMethod, type MethodSettings } from '../../core/flow/connect-settings.js';
import { type ConnectOutcome, type ConnectState, isBusy } from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { type AccountMenuWords, getIdentity } from '../account-menu/account-view.js';
import { appName, errorText, formatForApp } from '../shared/app-words.js';

/** Templates and words of an attempt, which are loaded for it. */
export interface AttemptTemplates {
  statusText(state: ConnectState, messages: Messages, sameTab: boolean): string;
  outcomeText(outcome: ConnectOutcome, state: ConnectState, messages: Messages): string;
  renderAttempt(view: ConnectView): TemplateResult;
  renderPageAddress(view: ConnectView): TemplateResult;
}

/** Templates and words that are loaded when the user turns to the element. What has not been loaded is not shown. */
export interface LateTemplates {
  readonly actions: AccountActionsController | null;
  readonly attempt: AttemptTemplates | null;
  /** The error of the last part that could not be loaded, or null. */
  readonly failure: ConnectErrorInfo | null;
  retry(): void;
  /** Opens the menu of the account, or closes it. */
  toggleMenu(account: ConnectedAccount, focus?: 'first' | 'last'): void;
  renderPanel(view: AccountMenuWords): TemplateResult | typeof nothing;
  renderRetry(view: AccountMenuWords): TemplateResult | typeof nothing;
  failureText(failure: AccountFailure, view: AccountMenuWords): string;
}

/** Everything that the templates of `<connect-account>` show. */
export interface ConnectView {
  readonly state: ConnectState;
  readonly error: ConnectErrorInfo | null;
  readonly messages: Messages;
  /** The page author's own label, or ''. */
  readonly label: string;
  readonly disabled: boolean;
  /** The classes of the trigger for its variant and size. */
  readonly look: string;
  readonly settings: MethodSettings;
  /** For screen readers only: what has just ended well. */
  readonly announcement: string;
  readonly controller: ConnectFlowController;
  readonly slots: SlotsController;
  readonly parts: LateTemplates;
  onTriggerClick(): void;
}

/** Returns whether the user connects on a page of the provider, or of Composio. */
export function isHosted({ state, settings }: ConnectView): boolean {
  return connectMethod(state.authConfig, settings) === 'hosted';
}

/** Returns whether a click on the trigger leads to the provider at once. */
export function goesToProvider(view: ConnectView): boolean {
  const { state } = view;
  if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE') return false;
  const starts = ['ready', 'failed', 'needs-attention', 'popup-blocked'].includes(state.phase);
  return starts && isHosted(view);
}

/** Returns the account whose menu is shown, or null in a phase without a menu. */
export function accountWithMenu({ phase, account }: ConnectState): ConnectedAccount | null {
  return phase === 'connected' || phase === 'needs-attention' ? account : null;
}

/** Returns whether the button of the menu lies on the trigger. */
export function hasMenu({ state, disabled }: ConnectView): boolean {
  return accountWithMenu(state) !== null && !disabled;
}

/** Returns what is shown of the actions of an account. */
export function menuView(
  account: ConnectedAccount,
  { state, messages, controller: { sameTab } }: Pick<ConnectView, 'state' | 'messages' | 'controller'>,
): AccountMenuWords {
  const app = appName(state) ?? messages.unknownApp;
  return { account, identity: getIdentity(account, app), app, messages, sameTab };
}

/** Returns the menu and the question that an account has open, and the action that runs. */
export function actionState(
  account: ConnectedAccount,
  { actions }: LateTemplates,
): Pick<AccountActionState, 'panel' | 'busy'> {
  return actions?.getState(account) ?? { panel: null, busy: null };
}

/** Returns what happened and what to do, for the user, or ''. */
export function problemText(view: ConnectView): string {
  const { state, error, messages, parts } = view;
  if (error?.reason === 'sandboxed') return formatForApp(messages.sandboxed, state, messages);
  const failure = state.error ? null : parts.actions?.failure;
  if (failure) return parts.failureText(failure, menuView(failure.account, view));
  return error ? errorText(error, state, messages) : '';
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

/** A part of the element that is loaded when it is needed. */
export type PartName = 'menu' | 'form' | 'attempt' | 'errors';

/** Returns the parts that a click of the user would need. */
export function partsForClick({ state, settings }: ConnectView): readonly PartName[] {
  if (state.phase === 'connected') return ['menu'];
  const parts: PartName[] = ['attempt'];
  if (state.account) parts.push('menu');
  if (connectMethod(state.authConfig, settings) === 'form') parts.push('form');
  return parts;
}

/** Returns the parts without which the state cannot be shown. */
export function neededParts({ state, error, messages }: ConnectView): readonly PartName[] {
  const needed: PartName[] = [];
  // The words below the trigger are laid out by this part.
  if (isBusy(state) || error || state.phase === 'needs-attention' || isHomeScreenApp()) needed.push('attempt');
  if (state.phase === 'collecting-credentials') needed.push('form');
  if (error && !(error.code in messages.errors)) needed.push('errors');
  return needed;
}

/** The words for how the trigger looks. The first of each is the default. */
const LOOKS = { variant: ['outline', 'primary', 'plain'], size: ['medium', 'small', 'large'] } as const;

/** Returns the classes of the trigger for its variant and size. The page author hears of a word that is neither. */
export function lookOf(element: HTMLElement & Readonly<Record<keyof typeof LOOKS, string>>): string {
  const words = Object.entries(LOOKS).map(([name, known]) => {
    const word = element[name as keyof typeof LOOKS] || known[0];
    if ((known as readonly string[]).includes(word)) return word;
    adviseWord(element, name, word, known);
    return known[0];
  });
  return words.join(' ');
}

/** Returns whether the element, or a fieldset around it, is disabled. The attribute is as of the last update. */
export function isDisabled(element: HTMLElement & { readonly disabled: boolean }): boolean {
  return element.disabled || (!element.hasAttribute('disabled') && element.matches(':disabled'));
}

/**
 * Returns whether the trigger looks as if a value of its theme were nonsense: without corners, or without a ground. The page
 * may want that, so a part that is loaded late looks closer.
 */
export function looksUnthemed(trigger: Element): boolean {
  const { borderTopLeftRadius: radius, backgroundColor: ground } = getComputedStyle(trigger);
  return radius === '0px' || (ground === 'rgba(0, 0, 0, 0)' && !trigger.matches('.plain'));
}
