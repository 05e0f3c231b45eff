import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage } from '../../messages/messages.js';
import { identityOf } from '../account-menu/account-view.js';
import { statusWords, toolkitName } from './describe-account.js';
import { standingOf } from './describe-list.js';
import type { Notice } from './list-actions.js';
import type { ListView } from './list-view.js';
import { renderAccountRow } from './render-account-row.js';
import { renderSkeleton } from './render-skeleton.js';

/** All of the element but what is announced. */
export function renderList(view: ListView): TemplateResult {
  const { state, accounts, messages } = view;
  const standing = standingOf(state);
  const isEmpty = standing === 'empty';
  const isWaiting = standing === 'loading';
  return html`
    <slot name="header"></slot>
    ${view.searchable ? renderSearch(view) : nothing}
    <div class=${view.readonly ? 'frame readonly' : 'frame'}>
      ${view.notice ? renderNotice(view.notice, view) : nothing}
      <ul class="list" part="list" role="list" tabindex="-1" aria-label=${messages.list.title} aria-busy=${state.loading ? 'true' : 'false'}>
        ${renderRows(view)}
      </ul>
      <div ?hidden=${!isWaiting}><slot name="loading">${isWaiting ? renderSkeleton(view) : nothing}</slot></div>
      <div class="note" part="empty" ?hidden=${!isEmpty}><slot name="empty"><p>${messages.list.empty}</p></slot></div>
      ${standing === 'ready' && view.searched && accounts.length === 0 ? renderNoMatch(view) : nothing}
      ${renderError(view)} ${state.hasMore && !state.error ? renderMore(view) : nothing}
    </div>
  `;
}

/** Gone through only when something of any row has changed. */
function renderRows(view: ListView): unknown {
  const { accounts, messages, times, until, readonly, actions, reconnects } = view;
  const about = [accounts, messages, times, until, readonly];
  return guard([...about, actions.version, reconnects.version], () =>
    repeat(
      accounts,
      ({ id }) => id,
      (account) => renderRow(account, view),
    ),
  );
}

/** Drawn anew only when something of this one row has changed. */
function renderRow(account: ConnectedAccount, view: ListView): unknown {
  const { messages, times, wallNow, readonly, actions, reconnects } = view;
  const { age, leftUnfinished } = times.of(account, wallNow);
  const flow = reconnects.get(account)?.controller.flow;
  const about = [account, age, leftUnfinished, messages, readonly];
  return guard([...about, actions.stateOf(account), flow?.state, flow?.redirectUrl], () => {
    const app = toolkitName(account);
    const identity = identityOf(account, app);
    const status = statusWords(account, messages, leftUnfinished);
    const time = { age, date: times.date(account), dateTime: times.dateTime(account) };
    return renderAccountRow({ account, app, identity, status, ...time, messages, readonly, actions, reconnects });
  });
}

function renderSearch({ searched, messages, onSearch }: ListView): TemplateResult {
  return html`
    <div class="search">
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/></svg>
      <input
        part="search"
        type="search"
        autocomplete="off"
        spellcheck="false"
        aria-label=${messages.list.search}
        placeholder=${messages.list.search}
        .value=${searched}
        @input=${({ target }: InputEvent) => onSearch((target as HTMLInputElement).value)}
      />
    </div>
  `;
}

/** The live region has said it already. */
function renderNotice({ identity, text }: Notice, { messages, onDismissNotice }: ListView): TemplateResult {
  return html`
    <div class="note compact notice">
      <p class="what"><bdi>${identity}</bdi></p>
      <p>${text}</p>
      <button class="action" type="button" @click=${onDismissNotice}>${messages.menu.dismiss}</button>
    </div>
  `;
}

function renderNoMatch({ searched, state, messages }: ListView): TemplateResult {
  const text = state.hasMore
    ? messages.list.noMatchYet
    : formatMessage(messages.list.noMatch, { text: searched.trim() });
  return html`<div class="note"><p>${text}</p></div>`;
}

function renderError({ state, messages, onRetry }: ListView): TemplateResult {
  const { error, accounts } = state;
  const text = error ? formatMessage(messages.errors[error.code], { app: messages.unknownApp }) : '';
  const isMisconfigured = error?.code === 'invalid_configuration';
  return html`
    <div class=${accounts.length > 0 ? 'note compact' : 'note'} ?hidden=${!error}>
      <div role="alert">
        <slot name="error">${error ? html`<p class="what">${messages.list.loadFailed}</p><p>${text}</p>` : nothing}</slot>
      </div>
      ${error && !isMisconfigured ? html`<button class="action" type="button" @click=${onRetry}>${messages.tryAgain}</button>` : nothing}
    </div>
  `;
}

function renderMore({ state, messages, onMore }: ListView): TemplateResult {
  return html`
    <div class="foot">
      <button class="more" part="more" type="button" aria-disabled=${state.loading ? 'true' : nothing} @click=${onMore}>
        ${state.loading ? html`<span class="spinner"></span>` : nothing}${messages.list.more}
      </button>
    </div>
  `;
}
