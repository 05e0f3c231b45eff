import { html, nothing, type TemplateResult } from 'lit';
import { type ConnectState, isBusy } from '../../core/flow/connect-state.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { getIdentity } from '../account-menu/account-view.js';
import { onMenuButtonKey, renderMenuButton } from '../account-menu/menu-button.js';
import { appName } from '../shared/app-words.js';
import { renderLetter, renderLogo } from '../shared/logo.js';
import { actionState, type ConnectView, goesToProvider, hasMenu, menuView } from './connect-view.js';

/** Renders the one button. What it shows changes, but not its place or size. */
export function renderTrigger(view: ConnectView): TemplateResult {
  const { state, messages, slots } = view;
  const own = ownWords(view);
  const current = currentWords(state, messages);
  const isShown = current === null && state.phase !== 'loading';
  const showsContent = isShown && slots.has('');
  return html`
    <button
      class=${`trigger ${view.look} ${state.phase}${hasMenu(view) ? ' with-menu' : ''}`}
      part="trigger"
      type="button"
      ?disabled=${view.disabled}
      aria-busy=${isWaiting(state) || state.phase === 'loading' ? 'true' : nothing}
      aria-haspopup=${state.phase === 'connected' ? 'menu' : nothing}
      aria-expanded=${expanded(view) ?? nothing}
      @click=${() => view.onTriggerClick()}
      @keydown=${(event: KeyboardEvent) => onTriggerKey(event, view)}
    >
      <span class="reserve" data-words=${reservedWords(own, view)}>${showsContent ? nothing : html`<span class="own" ?hidden=${!slots.has('')}><slot></slot></span>`}</span>
      <span class=${showsContent ? 'shown' : 'shown reserved'}>
        ${renderSign(view)}
        ${state.phase === 'loading' ? html`<span class="skeleton" part="skeleton"></span><span class="visually-hidden" .textContent=${messages.connect}></span>` : nothing}
        ${isShown ? renderOwnLabel(own, view) : nothing}
        ${current === null ? nothing : renderCurrent(current, view)}
      </span>
      ${goesToProvider(view) && !view.controller.sameTab ? html`<span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>` : nothing}
    </button>
  `;
}

/** Returns our words for the trigger before anything is connected. */
function ownWords({ state, messages, label }: ConnectView): string {
  const app = appName(state);
  return label || (app ? formatMessage(messages.connectApp, { app }) : messages.connect);
}

/** Returns, each on a line, the words that the trigger has room for in every phase. */
function reservedWords(own: string, { messages, slots }: ConnectView): string {
  const { connecting, tryAgain, reconnect, enable } = messages;
  // Beside Reconnect stands the button of the menu, for which these letters keep room.
  return [slots.has('') ? '' : own, connecting, tryAgain, `${reconnect}MMMM`, enable].join('\n');
}

/**
 * Renders the label that the trigger has before anything is connected: the page author's content, or our words. A text is
 * always set as the text of its element, because translators replace text nodes (https://github.com/lit/lit/issues/4114).
 */
function renderOwnLabel(words: string, { slots }: ConnectView): TemplateResult {
  if (!slots.has('')) return html`<span class="label" part="label" .textContent=${words}></span>`;
  return html`<span class="own" part="label"><slot></slot></span>${slots.hasWords('') ? nothing : html`<span class="visually-hidden" .textContent=${words}></span>`}`;
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

/** The text of the trigger in a phase in which it does not show its own label. */
interface CurrentWords {
  readonly label: string;
  /** The login beside the name that the user gave the account, or ''. */
  readonly login?: string;
  readonly badge?: { readonly text: string; readonly tone: 'success' | 'warning' };
}

/** Returns null while the trigger's own label, the one for `ready`, is shown. */
function currentWords(state: ConnectState, messages: Messages): CurrentWords | null {
  switch (state.phase) {
    case 'loading':
    case 'ready':
    case 'collecting-credentials':
    case 'popup-blocked':
    case 'misconfigured':
      return null;
    case 'failed':
      return { label: messages.tryAgain };
    case 'connected': {
      const label = getIdentity(state.account, appName(state) ?? messages.statuses.ACTIVE);
      const { displayName } = state.account;
      const login = displayName && displayName !== label ? displayName : '';
      return { label, login, badge: { text: messages.statuses.ACTIVE, tone: 'success' } };
    }
    case 'needs-attention': {
      const { status } = state.account;
      const label = status === 'INACTIVE' ? messages.enable : messages.reconnect;
      return { label, badge: { text: messages.statuses[status], tone: 'warning' } };
    }
    default:
      return { label: messages.connecting };
  }
}

/** Returns `aria-expanded` of the trigger, or null in a phase in which it opens nothing. */
function expanded({ state, parts }: ConnectView): 'true' | 'false' | null {
  if (state.phase === 'collecting-credentials') return 'true';
  if (state.phase !== 'connected') return null;
  return actionState(state.account, parts).panel === null ? 'false' : 'true';
}

function renderCurrent({ label, login, badge }: CurrentWords, { state, look }: ConnectView): TemplateResult {
  const app = appName(state);
  const isAccount = state.phase === 'connected';
  // Read aloud, "Reconnect" or the name of an account does not say which app it is about.
  const context =
    app && app !== label ? html`<span class="visually-hidden" .textContent=${`${app}: `}></span>` : nothing;
  return html`
    ${context}<span class="label" part=${isAccount ? 'label identity' : 'label'} title=${isAccount ? [label, login].filter(Boolean).join(' · ') : nothing}
      ><bdi class="name" .textContent=${label}></bdi>${login ? html` &nbsp;<bdi class="login" .textContent=${login}></bdi>` : nothing}</span>
    ${badge ? html`<span class=${`badge ${badge.tone}`} part="badge">${isAccount ? CHECK : ALERT}<span class=${isAccount && look.endsWith('large') ? '' : 'visually-hidden'} .textContent=${badge.text}></span></span>` : nothing}
  `;
}

/** Renders the icon, or what stands in its place. The slot stays, because a child that is in none has no style. */
function renderSign({ state, slots }: ConnectView): TemplateResult {
  const waits = isWaiting(state);
  const isReplaced = waits || state.phase === 'loading' || state.phase === 'needs-attention';
  return html`
    <span class="icon" part="icon" aria-hidden="true" ?hidden=${isReplaced}><slot name="icon" ?hidden=${!slots.has('icon')}></slot>${slots.has('icon') ? nothing : renderIcon(state)}</span>
    ${waits ? html`<span class="spinner" part="spinner"></span>` : nothing}
  `;
}

function renderIcon(state: ConnectState): TemplateResult {
  const app = appName(state);
  const logo = state.authConfig?.toolkit.logo ?? state.account?.toolkit.logo;
  return renderLogo(logo, 18, app ? renderLetter(app) : LINK);
}

/** Returns whether the user has nothing to do on this page. */
function isWaiting(state: ConnectState): boolean {
  return isBusy(state) && state.phase !== 'collecting-credentials' && state.phase !== 'popup-blocked';
}

const CHECK = html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true"><path d="m4.75 8.25 2.25 2.25 4.25-5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const ALERT = html`<svg viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M9 2.5 16.5 15.5h-15ZM9 7.5v3.5M9 13v.1" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const LINK = html`<svg class="link-sign" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M8.5 11.5a3 3 0 0 0 4.2 0l2.6-2.6a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.6 2.6a3 3 0 0 0 4.2 4.2L10 14.2" stroke-linecap="round"/></svg>`;
