import { html, nothing, type TemplateResult } from 'lit';
import { ACCOUNT_ACTIONS, type AccountAction } from '../../core/accounts/account-actions.js';
import type { ConnectedAccount, ConnectionStatus } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { actionLabel, renderActionFailure, windowActionName } from '../account-menu/account-failure.js';
import { renderConfirm, renderRename } from '../account-menu/account-questions.js';
import { type AccountMenuView, formatForAccount } from '../account-menu/account-view.js';
import { renderLetter, renderLogo } from '../shared/logo.js';
import { ACTION_ICONS, ALERT_ICON, BUSY_ICON } from '../shared/signs.js';
import type { Reconnects } from './reconnects.js';
import { renderReconnect } from './render-reconnect.js';
import type { RowIdentity } from './row-identity.js';

/** The data of one row. */
export interface RowView extends AccountMenuView, RowIdentity {
  readonly status: StatusView;
  /** The relative time, like "3 days ago". */
  readonly age: string;
  /** The full date. */
  readonly date: string;
  /** The date in ISO 8601. */
  readonly dateTime: string;
  readonly readonly: boolean;
  readonly reconnects: Reconnects;
}

/** The badge of a row. */
export interface StatusView {
  /** `ABANDONED`: the user began to connect the account and never finished. */
  readonly look: ConnectionStatus | 'ABANDONED';
  readonly tone: 'success' | 'warning' | 'danger' | 'quiet';
  readonly text: string;
}

const TONES: Readonly<Record<StatusView['look'], StatusView['tone']>> = {
  INITIALIZING: 'quiet',
  INITIATED: 'quiet',
  ACTIVE: 'success',
  FAILED: 'danger',
  EXPIRED: 'warning',
  INACTIVE: 'quiet',
  REVOKED: 'danger',
  ABANDONED: 'quiet',
};

/** Returns the badge for an account. */
export function statusView({ status }: ConnectedAccount, messages: Messages, isAbandoned: boolean): StatusView {
  const look = isAbandoned ? 'ABANDONED' : status;
  return { look, tone: TONES[look], text: isAbandoned ? messages.list.neverFinished : messages.statuses[status] };
}

/**
 * Renders one account: its app, its identity with its age, its status and its actions. A list may have thousands of rows, so
 * the template has no white space that would be cloned with each of them.
 */
export function renderAccountRow(view: RowView): TemplateResult {
  const { account, app, status, identities } = view;
  return html`<li
      class=${account.status === 'ACTIVE' ? 'row' : 'row not-working'}
      part="row"
      tabindex="-1"
      data-account=${account.id}
    ><span class="logo" part="logo" aria-hidden="true">${renderLogo(account.toolkit.logo, 20, renderLetter(app))}</span
    ><div class="who" title=${fullText(app, identities) ?? nothing}
      ><h3 class="name" part="name" .textContent=${app}></h3
      ><div class=${view.isDated || !view.age ? 'line dated' : 'line'}
        ><p class="identity" part="identity">${identities.map(renderIdentityPart)}</p
        ><time class="time" part="time" datetime=${view.dateTime} title=${view.date}><bdi .textContent=${view.age}></bdi></time
      ></div
    ></div
    ><div class="tail"
      ><span class=${`badge ${status.tone}`} part="badge" title=${account.statusReason || nothing}
        ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${STATUS_ICONS[status.look]} /></svg><span .textContent=${status.text}></span></span
      >${view.readonly ? nothing : renderRowActions(view)}</div
    >${renderDetail(view)}</li>`;
}

/** The least number of letters that a wide row may have no room for. */
const LONG_TEXT = 14;

/** Returns what a narrow row cuts off, for its tooltip, or null where it has room for everything. */
function fullText(app: string, identities: readonly string[]): string | null {
  const all = [app, ...identities];
  return all.some(({ length }) => length > LONG_TEXT) ? all.join(' · ') : null;
}

function renderIdentityPart(text: string, index: number): TemplateResult {
  return index > 0 ? html` &middot; <bdi .textContent=${text}></bdi>` : html`<bdi .textContent=${text}></bdi>`;
}

/** Renders the actions that the account allows, and the question or form that one of them has opened. */
function renderRowActions(view: RowView): TemplateResult {
  const { account, messages } = view;
  const offered = view.actions.actionsFor(account);
  // Each action keeps its place in the template, and so its button: the focus on one must not pass to the next.
  const buttons = ACCOUNT_ACTIONS.map((action) => (offered.includes(action) ? renderAction(action, view) : nothing));
  return html`<div
      class="actions"
      part="actions"
      role="group"
      aria-label=${formatForAccount(messages.menu.label, view)}
    >${buttons}${renderPanel(view)}</div>`;
}

function renderPanel(view: RowView): TemplateResult | typeof nothing {
  const { panel } = view.actions.getState(view.account);
  if (panel === 'confirm') return renderConfirm(view);
  return panel === 'rename' ? renderRename(view) : nothing;
}

/** The actions that open a panel beside their button. The others start at once. */
const PANELS: Partial<Record<AccountAction, 'confirm' | 'rename'>> = { disconnect: 'confirm', rename: 'rename' };

// A long list has thousands of buttons, so the templates have few bindings and no white space.
function renderAction(action: AccountAction, view: RowView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.getState(account);
  const opens = PANELS[action];
  const isOpen = opens !== undefined && panel === opens;
  const repairs = action === 'enable' || (action === 'reconnect' && account.status !== 'ACTIVE');
  const icon = busy === action ? BUSY_ICON : repairs ? null : ACTION_ICONS[action];
  return html`<button
      class=${repairs ? 'row-action button' : 'row-action icon-button'}
      part=${`action action-${action}`}
      type="button"
      data-menu-button
      data-action=${action}
      aria-label=${windowActionName(action, view) ?? nothing}
      aria-expanded=${opens ? String(isOpen) : nothing}
      aria-disabled=${busy ? 'true' : nothing}
      aria-busy=${busy === action ? 'true' : nothing}
      @click=${() => (isOpen ? actions.close() : actions.choose(account, action))}
    >${icon === null ? nothing : renderActionIcon(icon)}<span class="label" .textContent=${actionLabel(action, account, messages)}></span></button>`;
}

function renderActionIcon(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${path} /></svg>`;
}

/** Renders the reconnect in progress, or why the last action failed. The live region of the list has announced both. */
function renderDetail(view: RowView): TemplateResult | typeof nothing {
  const reconnect = renderReconnect(view);
  if (reconnect !== nothing) return reconnect;
  const failure = view.actions.failureOf(view.account);
  if (!failure) return nothing;
  return html`<div class="detail problem">${renderActionIcon(ALERT_ICON)}${renderActionFailure(failure, view)}</div>`;
}

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5';

/** SVG paths of 16 × 16. Each status has its own shape, so that it is not told by its color alone. */
const STATUS_ICONS: Readonly<Record<StatusView['look'], string>> = {
  INITIALIZING:
    'M8 2.5v2.5M8 11v2.5M2.5 8h2.5M11 8h2.5M4.1 4.1l1.8 1.8M10.1 10.1l1.8 1.8M4.1 11.9l1.8-1.8M10.1 5.9l1.8-1.8',
  INITIATED: `${RING}M8 4.75V8l2.25 1.5`,
  ACTIVE: 'm4.9 8.2 2.2 2.2 4-4.6',
  FAILED: `${RING}M6 6l4 4m0-4-4 4`,
  EXPIRED: ALERT_ICON,
  INACTIVE: `${RING}M6.6 6v4m2.8-4v4`,
  REVOKED: `${RING}M4 4l8 8`,
  ABANDONED: `${RING}M5.75 8h4.5`,
};
