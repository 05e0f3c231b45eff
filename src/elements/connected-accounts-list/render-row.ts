import { html, nothing, type TemplateResult } from 'lit';
import { type AccountAction, actionsFor } from '../../core/accounts/account-actions.js';
import type { ConnectedAccount, ConnectionStatus } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { renderConfirm, renderRename } from '../account-menu/account-questions.js';
import {
  type AccountMenuView,
  actionLabel,
  formatForAccount,
  renderActionFailure,
} from '../account-menu/account-view.js';
import { renderLetter, renderLogo } from '../shared/logo.js';
import type { Reconnects } from './reconnects.js';
import { renderReconnect } from './render-reconnect.js';

/** The data of one row. */
export interface RowView extends AccountMenuView {
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
 * Renders one account: its app, its identity, its status, its age and its actions. A list may have thousands of rows, so the
 * template has no white space that would be cloned with each of them.
 */
export function renderAccountRow(view: RowView): TemplateResult {
  const { account, app, status } = view;
  return html`<li
      class=${account.status === 'ACTIVE' ? 'row' : 'row not-working'}
      part="row"
      tabindex="-1"
      data-account=${account.id}
    ><span class="logo" part="logo" aria-hidden="true">${renderLogo(account.toolkit.logo, 28, renderLetter(app))}</span
    ><div class="who"
      ><h3 class="name" part="name">${app}</h3
      ><p class="identity" part="identity">${identityParts(account).map(renderIdentityPart)}</p
    ></div
    ><div class="state"
      ><span class=${`badge ${status.tone}`} part="badge" title=${account.statusReason || nothing}
        ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${STATUS_ICONS[status.look]} /></svg>${status.text}</span
      ><time class="time" part="time" dir="auto" datetime=${view.dateTime} title=${view.date}>${view.age}</time
    ></div
    >${view.readonly ? nothing : renderRowActions(view)}${renderDetail(view)}</li>`;
}

/** Returns the known identities of an account without repetition, the most telling one first. */
function identityParts({ displayName, alias, wordId }: ConnectedAccount): string[] {
  return [...new Set([displayName, alias, wordId])].filter((part) => part !== null && part !== '') as string[];
}

function renderIdentityPart(text: string, index: number): TemplateResult {
  return index > 0 ? html` · <bdi>${text}</bdi>` : html`<bdi>${text}</bdi>`;
}

/** Renders the actions that the account allows, and the question or form that one of them has opened. */
function renderRowActions(view: RowView): TemplateResult {
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
  const { panel } = view.actions.getState(view.account);
  if (panel === 'confirm') return renderConfirm(view);
  return panel === 'rename' ? renderRename(view) : nothing;
}

/** The actions that open a panel beside their button. The others start at once. */
const PANELS: Partial<Record<AccountAction, 'confirm' | 'rename'>> = { disconnect: 'confirm', rename: 'rename' };

// A long list has thousands of buttons, so the template has few bindings and no white space.
function renderAction(action: AccountAction, view: RowView): TemplateResult {
  const { account, messages, actions } = view;
  const { panel, busy } = actions.getState(account);
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

/** Renders the reconnect in progress, or why the last action failed. The live region of the list has announced both. */
function renderDetail(view: RowView): TemplateResult | typeof nothing {
  const reconnect = renderReconnect(view);
  if (reconnect !== nothing) return reconnect;
  const { failure, panel } = view.actions.getState(view.account);
  if (!failure || panel === 'rename') return nothing;
  return html`<div class="detail problem">${renderActionFailure(view)}</div>`;
}

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5';

/** SVG paths of 16 × 16. Each status has its own shape, so that it is not told by its color alone. */
const STATUS_ICONS: Readonly<Record<StatusView['look'], string>> = {
  INITIALIZING:
    'M8 2.5v2.5M8 11v2.5M2.5 8h2.5M11 8h2.5M4.1 4.1l1.8 1.8M10.1 10.1l1.8 1.8M4.1 11.9l1.8-1.8M10.1 5.9l1.8-1.8',
  INITIATED: `${RING}M8 4.75V8l2.25 1.5`,
  ACTIVE: `${RING}M5.5 8.25l1.75 1.75 3.25-3.75`,
  FAILED: `${RING}M6 6l4 4m0-4-4 4`,
  EXPIRED: 'M8 2.5 14 13H2zM8 6.5v3m0 1.6v.1',
  INACTIVE: `${RING}M6.5 6v4m3-4v4`,
  REVOKED: `${RING}M4 4l8 8`,
  ABANDONED: `${RING}M5.75 8h4.5`,
};

/** SVG paths of 16 × 16. Each icon has a visible or accessible name beside it. */
const ACTION_ICONS: Readonly<Record<AccountAction, string>> = {
  reconnect: 'M13 8a5 5 0 1 1-1.6-3.67M13.25 2.25v2.5h-2.5',
  rename: 'm3 13 .7-2.9 7-7a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7 7zM9.5 4.3l2.2 2.2',
  enable: 'M8 2.75v5M4.9 4.4a5 5 0 1 0 6.2 0',
  disable: 'M8 2.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5M6.5 6v4m3-4v4',
  disconnect: 'M3 4.25h10M6.25 4V2.75h3.5V4M4.25 4.5l.6 8.25h6.3l.6-8.25M6.75 7v3.25m2.5-3.25v3.25',
};

/** Three quarters of a ring, which turns while a request is in progress. */
const BUSY_ICON = 'M13 8a5 5 0 1 1-5-5';
