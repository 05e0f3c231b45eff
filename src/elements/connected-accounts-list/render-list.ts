import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { AccountsListState } from '../../controllers/accounts-list-controller.js';
import { replaceState } from '../../controllers/form-value-controller.js';
import type { SlotsController } from '../../controllers/slots-controller.js';
import { keepTyped } from '../../controllers/typed-keys.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { getIdentity, toolkitName } from '../account-menu/account-view.js';
import { keyedRows } from './keyed-rows.js';
import type { Notice } from './list-actions.js';
import type { Reconnects } from './reconnects.js';
import { renderAccountRow, statusView } from './render-row.js';
import { identitiesOf } from './row-identity.js';
import { formatCount, type RenderedTimes } from './row-times.js';

/** The data of the list. */
export interface ListView extends RenderedTimes {
  readonly state: AccountsListState;
  /** The accounts of `state` that have rows. */
  readonly accounts: readonly ConnectedAccount[];
  /** Those that match the search. The other rows are hidden. */
  readonly found: readonly ConnectedAccount[];
  /** The text of the search box. */
  readonly searched: string;
  readonly searchable: boolean;
  /** Whether the rows have no actions. */
  readonly readonly: boolean;
  /** Whether a reconnect goes to the provider in this tab. */
  readonly sameTab: boolean;
  readonly limit: number;
  readonly messages: Messages;
  readonly actions: AccountActionsController;
  readonly reconnects: Reconnects;
  readonly notice: Notice | null;
  readonly slots: SlotsController;
  onDismissNotice(): void;
  onSearch(text: string): void;
  onMore(): void;
  onRetry(): void;
}

/** The status of a list. Each has a custom state of the same name. */
type ListStatus = 'loading' | 'ready' | 'empty' | 'failed';

const STATUSES: readonly ListStatus[] = ['loading', 'ready', 'empty', 'failed'];

function listStatus({ loaded, error, accounts, hasMore }: AccountsListState): ListStatus {
  if (error) return 'failed';
  if (!loaded) return 'loading';
  return accounts.length === 0 && !hasMore ? 'empty' : 'ready';
}

/** Sets the custom state for the status of a list. */
export function showListStatus(internals: ElementInternals, state: AccountsListState): void {
  const current = listStatus(state);
  for (const status of STATUSES) if (status !== current) replaceState(internals, status, current);
}

/** Returns the announcement of how many accounts are shown. */
export function countText(count: number, { list }: Messages, locale: string): string {
  return formatMessage(list.count, { count: formatCount(count, locale) });
}

/** Renders the element without its live region. */
export function renderList(view: ListView): TemplateResult {
  const { state, found, messages, slots } = view;
  const status = listStatus(state);
  const isEmpty = status === 'empty';
  const isLoading = status === 'loading';
  return html`
    <slot name="header"></slot>
    ${view.searchable ? renderSearch(view) : nothing}
    <div class="frame" data-names="on">
      ${view.notice ? renderNotice(view.notice, view) : nothing}
      <ul class="list" part="list" role="list" tabindex="-1" aria-label=${messages.list.title} aria-busy=${state.loading ? 'true' : 'false'}>
        ${renderRows(view)}
      </ul>
      <div ?hidden=${!isLoading}><slot name="loading" ?hidden=${!slots.has('loading')}></slot>${isLoading && !slots.has('loading') ? renderSkeleton(view) : nothing}</div>
      <div class="note" part="empty" ?hidden=${!isEmpty}><slot name="empty" ?hidden=${!slots.has('empty')}></slot>${slots.has('empty') ? nothing : html`<p .textContent=${messages.list.empty}></p>`}</div>
      ${status === 'ready' && view.searched && found.length === 0 ? renderNoMatch(view) : nothing}
      ${renderError(view)} ${state.hasMore && !state.error ? renderMore(view) : nothing}
    </div>
  `;
}

/** Renders all rows, if anything in any of them has changed. */
function renderRows(view: ListView): unknown {
  const { accounts, found, messages, times, until, readonly, sameTab, actions, reconnects } = view;
  const shown = [accounts, found, messages, times, until, readonly, sameTab];
  return guard([...shown, actions.version, reconnects.version], () =>
    keyedRows(accounts, (account) => renderRow(account, view), found),
  );
}

/** Renders one row, if anything in it has changed. */
function renderRow(account: ConnectedAccount, view: ListView): unknown {
  const { messages, times, wallNow, readonly, sameTab, actions, reconnects } = view;
  const { age, isAbandoned } = times.get(account, wallNow);
  const flow = reconnects.get(account)?.controller.flow;
  const shown = [account, age, isAbandoned, messages, readonly, sameTab, actions.actionsFor(account).length];
  return guard([...shown, actions.getState(account), flow?.state, flow?.redirectUrl], () => {
    const app = toolkitName(account);
    const identity = getIdentity(account, app);
    const who = identitiesOf(account, messages, times);
    const status = statusView(account, messages, isAbandoned);
    const time = { age, date: times.date(account), dateTime: times.dateTime(account) };
    return renderAccountRow({
      account,
      app,
      identity,
      ...who,
      status,
      ...time,
      messages,
      readonly,
      sameTab,
      actions,
      reconnects,
    });
  });
}

function renderSearch({ searched, messages, onSearch }: ListView): TemplateResult {
  return html`
    <div class="search">
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/></svg>
      <input
        class="text-field"
        part="search"
        type="search"
        autocomplete="off"
        spellcheck="false"
        aria-label=${messages.list.search}
        placeholder=${messages.list.search}
        .value=${searched}
        @keydown=${keepTyped}
        @keypress=${keepTyped}
        @keyup=${keepTyped}
        @input=${({ target }: InputEvent) => onSearch((target as HTMLInputElement).value)}
      />
    </div>
  `;
}

/** Renders why an action on a deleted account failed. The live region has announced it. */
function renderNotice({ identity, text }: Notice, { messages, onDismissNotice }: ListView): TemplateResult {
  return html`
    <div class="note compact notice">
      <p class="what"><bdi .textContent=${identity}></bdi></p>
      <p .textContent=${text}></p>
      <button class="action" type="button" @click=${onDismissNotice} .textContent=${messages.menu.dismiss}></button>
    </div>
  `;
}

function renderNoMatch({ searched, state, messages }: ListView): TemplateResult {
  const text = state.hasMore
    ? messages.list.noMatchYet
    : formatMessage(messages.list.noMatch, { text: searched.trim() });
  return html`<div class="note"><p .textContent=${text}></p></div>`;
}

function renderError({ state, messages, slots, onRetry }: ListView): TemplateResult {
  const { error, accounts } = state;
  const text = error ? formatMessage(messages.errors[error.code], { app: messages.unknownApp }) : '';
  const isMisconfigured = error?.code === 'invalid_configuration';
  return html`
    <div class=${accounts.length > 0 ? 'note compact' : 'note'} ?hidden=${!error}>
      <div role="alert">
        <slot name="error" ?hidden=${!slots.has('error')}></slot>
        ${error && !slots.has('error') ? html`<p class="what" .textContent=${messages.list.loadFailed}></p><p .textContent=${text}></p>` : nothing}
      </div>
      ${error && !isMisconfigured ? html`<button class="action" type="button" @click=${onRetry} .textContent=${messages.tryAgain}></button>` : nothing}
    </div>
  `;
}

function renderMore({ state, messages, onMore }: ListView): TemplateResult {
  return html`
    <div class="foot">
      <button class="more" part="more" type="button" aria-disabled=${state.loading ? 'true' : nothing} @click=${onMore}>
        ${state.loading ? html`<span class="spinner"></span>` : nothing}<span .textContent=${messages.list.more}></span>
      </button>
    </div>
  `;
}

/** A short list has about this many rows. A longer list grows below the visible part of the page. */
const SKELETON_ROWS = 4;

/** Renders placeholders with the lines of real rows, and so their height. Nothing moves when the rows arrive. */
function renderSkeleton({ limit, readonly, messages }: ListView): TemplateResult {
  const row = html`
    <div class="row" aria-hidden="true">
      <span class="logo"><span class="letter"></span></span>
      <div class="who">
        <div class="name"><span class="bone">${blank(14)}</span></div>
        <div class="line"><div class="identity"><span class="bone">${blank(30)}</span></div></div>
      </div>
      <div class="tail">
        <span class="badge"><span class="bone">${blank(16)}</span></span>
        ${readonly ? nothing : html`<div class="actions"><span class="row-action icon-button"></span></div>`}
      </div>
    </div>
  `;
  const rows = Array.from({ length: Math.min(limit, SKELETON_ROWS) }, () => row);
  return html`<span class="visually-hidden" .textContent=${messages.list.loading}></span>${rows}`;
}

/** Returns a blank text of this many letters. */
function blank(letters: number): string {
  return '\u00a0'.repeat(letters);
}
