import { html, nothing, type TemplateResult } from 'lit';
import { formatMessage } from '../../messages/messages.js';
import { errorText, isLost, statusText } from '../shared/describe-attempt.js';
import type { RowView } from './list-view.js';

/** How the reconnecting of a row goes, below it. */
export function renderReconnect(view: RowView): TemplateResult | typeof nothing {
  const { account, messages, reconnects } = view;
  const state = reconnects.of(account)?.flow.state;
  if (!state) return nothing;
  if (state.error && state.phase !== 'collecting-credentials') {
    return html`
      <div class="detail problem">
        <span>${errorText(state.error, state, messages)}</span>
        <button class="action" type="button" @click=${() => reconnects.begin(account)}>${messages.tryAgain}</button>
        <button class="action quiet" type="button" @click=${() => reconnects.cancel(account)}>${messages.menu.dismiss}</button>
      </div>
    `;
  }
  const text = statusText(state, messages);
  if (!text) return nothing;
  const isWorking = state.phase !== 'popup-blocked';
  return html`
    <div class="detail">
      ${isWorking ? html`<span class="spinner"></span>` : nothing}<span>${text}</span>${renderWays(view)}
    </div>
  `;
}

/** The ways out of waiting. */
function renderWays({ account, app, messages, reconnects }: RowView): TemplateResult {
  const flow = reconnects.of(account)?.flow;
  const state = flow?.state;
  const blocked = state?.phase === 'popup-blocked' && flow?.redirectUrl;
  const lost = state && isLost(state, false);
  const opensWindow = html`<span class="visually-hidden"> (${messages.opensWindow})</span>`;
  const follow = (event: MouseEvent) => reconnects.followLink(account, event);
  return html`
    ${blocked ? html`<a class="action" href=${blocked} target="_blank" rel="noreferrer" @click=${follow}>${formatMessage(messages.openWindow, { app })}${opensWindow}</a>` : nothing}
    ${lost ? html`<button class="action" type="button" @click=${() => flow?.reopen()}>${messages.openAgain}${opensWindow}</button>` : nothing}
    <button class="action quiet" type="button" @click=${() => reconnects.cancel(account)}>${messages.cancel}</button>
  `;
}
