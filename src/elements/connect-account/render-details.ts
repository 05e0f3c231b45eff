import { html, nothing, type TemplateResult } from 'lit';
import { isWebView } from '../../browser/page-limits.js';
import { isLinked } from '../../core/flow/connect-state.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { appName, errorText, formatForApp, isLost, statusText } from '../shared/describe-attempt.js';
import type { ConnectView } from './connect-view.js';
import { renderPageAddress } from './render-page-address.js';
import type { UserActions } from './user-actions.js';

/** The live regions are there, empty, from the first render: a region that comes with its text is not announced. */
export function renderDetails(view: ConnectView): TemplateResult {
  const { state, messages, announcement, sameTab, hint } = view;
  // The form says what is wrong with it, beside the fields.
  const error = state.phase === 'collecting-credentials' ? null : state.error;
  const status = statusText(state, messages, sameTab);
  const why = error?.reason === 'sandboxed' ? formatForApp(messages.sandboxed, state, messages) : '';
  const words = error && (why || view.actions.menu.failureText || errorText(error, state, messages));
  return html`
    <div class="details">
      <slot name="description"></slot>
      <div ?hidden=${state.phase !== 'connected'}><slot name="connected"></slot></div>
      <p class=${status ? 'status' : 'visually-hidden'} part="status" role="status">${status || announcement}</p>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${isLinked(state) || state.phase === 'preparing' ? renderActions(view) : nothing}
      <div class="error" part="error" role="alert" ?data-empty=${!error}>
        ${error ? html`<slot name=${`error-${error.code}`}><slot name="error">${words}</slot></slot>` : nothing}
      </div>
      ${why ? renderPageAddress(messages) : nothing}
      ${view.actions.menu.renderRetry()}
    </div>
  `;
}

function renderActions({ state, messages, redirectUrl, sameTab, actions }: ConnectView): TemplateResult {
  const blocked = state.phase === 'popup-blocked' && redirectUrl;
  const app = appName(state) ?? messages.unknownApp;
  return html`
    ${blocked && isWebView() ? html`<p class="hint">${formatMessage(messages.webView, { app })}</p>${renderPageAddress(messages)}` : nothing}
    <div class="actions">
      ${
        blocked
          ? html`<a class="action" part="link" href=${redirectUrl} target="_blank" rel="noreferrer" @click=${(event: MouseEvent) => actions.followLink(event)}
              >${formatMessage(messages.openWindow, { app })}<span class="visually-hidden"> (${messages.opensWindow})</span></a
            >`
          : nothing
      }
      ${
        isLost(state, sameTab)
          ? renderReopen(messages, sameTab ? formatMessage(messages.openWindow, { app }) : '', actions)
          : nothing
      }
      <button class="action quiet" part="cancel" type="button" @click=${() => actions.cancel()}>${messages.cancel}</button>
    </div>
  `;
}

/** @param label in place of the words for a window */
function renderReopen(messages: Messages, label: string, actions: UserActions): TemplateResult {
  const words = html`${messages.openAgain}<span class="visually-hidden"> (${messages.opensWindow})</span>`;
  return html`<button class="action" part="reopen" type="button" @click=${() => actions.reopen()}>${label || words}</button>`;
}
