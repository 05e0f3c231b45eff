import { html, nothing, type TemplateResult } from 'lit';
import { type ConnectState, isBusy } from '../../core/flow/connect-state.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { getIdentity } from '../account-menu/account-view.js';
import { onMenuButtonKey, renderMenuButton } from '../account-menu/menu-button.js';
import { appName } from '../shared/app-words.js';
import { renderLetter, renderLogo } from '../shared/logo.js';
import { actionState, type ConnectView, goesToProvider, menuView } from './connect-view.js';

/** Renders the one button. Its label changes, but not its place or size. */
export function renderTrigger(view: ConnectView): TemplateResult {
  const { state, messages, slots } = view;
  const { label, badge } = triggerWords(state, messages);
  const app = appName(state);
  return html`
    <button
      class="trigger"
      part="trigger"
      type="button"
      ?disabled=${view.disabled}
      aria-busy=${isWaiting(state) || state.phase === 'loading' ? 'true' : nothing}
      aria-haspopup=${state.phase === 'connected' ? 'menu' : nothing}
      aria-expanded=${expanded(view) ?? nothing}
      @click=${() => view.onTriggerClick()}
      @keydown=${(event: KeyboardEvent) => onTriggerKey(event, view)}
    >
      <span class="icon" part="icon" aria-hidden="true"><slot name="icon" ?hidden=${!slots.has('icon')}></slot>${slots.has('icon') ? nothing : renderIcon(state, app)}</span>
      <span class="labels">
        ${renderOwnLabel(view, label === null && state.phase !== 'loading')}
        ${state.phase === 'loading' ? html`<span class="skeleton"></span><span class="visually-hidden" .textContent=${messages.connect}></span>` : nothing}
        ${label === null ? nothing : renderCurrent(label, badge, app, state)}
      </span>
      ${goesToProvider(view) && !view.controller.sameTab ? html`<span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>` : nothing}
    </button>
  `;
}

/**
 * Renders the label that the trigger has before anything is connected: the page author's content, or our words beside its
 * slot. A text is always set as the text of its element, because translators replace text nodes
 * (https://github.com/lit/lit/issues/4114).
 */
function renderOwnLabel({ state, messages, label, slots }: ConnectView, shown: boolean): TemplateResult {
  const app = appName(state);
  const words = label || (app ? formatMessage(messages.connectApp, { app }) : messages.connect);
  const box = shown ? 'own' : 'own unseen';
  const part = shown ? 'label' : nothing;
  const slotted = slots.has('');
  return html`
    <span class=${box} part=${slotted ? part : nothing} ?hidden=${!slotted}><slot></slot></span>
    ${slotted ? nothing : html`<span class=${box} part=${part} .textContent=${words}></span>`}
    ${slotted && shown && !slots.hasWords('') ? html`<span class="visually-hidden" .textContent=${words}></span>` : nothing}
  `;
}

/** Handles the keys of a menu button where the trigger opens the menu. */
function onTriggerKey(event: KeyboardEvent, { state, parts }: ConnectView): void {
  // A key that was held down before this page had the focus is no decision of its user (cross-window forgery).
  if (event.repeat) event.preventDefault();
  if (state.phase !== 'connected') return;
  onMenuButtonKey(event, actionState(state.account, parts), (focus) => parts.toggleMenu(state.account, focus));
}

/** Renders the button that opens the menu of the account, and what it has opened. */
export function renderMenu(account: ConnectedAccount, view: ConnectView): TemplateResult {
  const { messages, parts } = view;
  const words = menuView(account, view);
  const button = renderMenuButton({
    ...words,
    label: messages.menu.label,
    state: actionState(account, parts),
    onToggle: (focus) => parts.toggleMenu(account, focus),
  });
  return html`${button}${parts.renderPanel(words)}`;
}

/** The text of the trigger besides its own label. */
interface TriggerWords {
  /** Null while the trigger's own label, the one for `ready`, is shown. */
  readonly label: string | null;
  readonly badge: { readonly text: string; readonly tone: 'success' | 'warning' } | null;
}

function triggerWords(state: ConnectState, messages: Messages): TriggerWords {
  switch (state.phase) {
    case 'loading':
    case 'ready':
    case 'collecting-credentials':
    case 'misconfigured':
      return { label: null, badge: null };
    case 'failed':
      return { label: messages.tryAgain, badge: null };
    case 'connected': {
      const label = getIdentity(state.account, appName(state) ?? messages.statuses.ACTIVE);
      return { label, badge: { text: messages.statuses.ACTIVE, tone: 'success' } };
    }
    case 'needs-attention': {
      const { status } = state.account;
      const label = status === 'INACTIVE' ? messages.enable : messages.reconnect;
      return { label, badge: { text: messages.statuses[status], tone: 'warning' } };
    }
    default:
      return { label: messages.connecting, badge: null };
  }
}

/** Returns `aria-expanded` of the trigger, or null in a phase in which it opens nothing. */
function expanded({ state, parts }: ConnectView): 'true' | 'false' | null {
  if (state.phase === 'collecting-credentials') return 'true';
  if (state.phase !== 'connected') return null;
  return actionState(state.account, parts).panel === null ? 'false' : 'true';
}

function renderCurrent(
  label: string,
  badge: TriggerWords['badge'],
  app: string | null,
  state: ConnectState,
): TemplateResult {
  const part = state.phase === 'connected' ? 'label identity' : 'label';
  // Read aloud, "Reconnect" or the name of an account does not say which app it is about.
  const context =
    app && app !== label ? html`<span class="visually-hidden" .textContent=${`${app}: `}></span>` : nothing;
  return html`
    <span class="current">
      ${context}<span class="identity" part=${part}><bdi .textContent=${label}></bdi></span>
      ${badge ? html`<span class=${`badge ${badge.tone}`} part="badge">${badge.tone === 'success' ? CHECK : ALERT}<span class="badge-text" .textContent=${badge.text}></span></span>` : nothing}
    </span>
  `;
}

function renderIcon(state: ConnectState, app: string | null): TemplateResult {
  if (isWaiting(state)) return html`<span class="spinner"></span>`;
  const logo = state.authConfig?.toolkit.logo ?? state.account?.toolkit.logo;
  return renderLogo(logo, 20, app ? renderLetter(app) : LINK);
}

function isWaiting(state: ConnectState): boolean {
  return isBusy(state) && state.phase !== 'collecting-credentials';
}

const CHECK = html`<svg viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true"><path d="m2.5 6.5 2.5 2.5 4.5-6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const ALERT = html`<svg viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><circle cx="6" cy="6" r="4.75"/><path d="M6 3.5v3M6 8.4v.1" stroke-linecap="round"/></svg>`;
const LINK = html`<svg class="link-sign" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M8.5 11.5a3 3 0 0 0 4.2 0l2.6-2.6a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.6 2.6a3 3 0 0 0 4.2 4.2L10 14.2" stroke-linecap="round"/></svg>`;
