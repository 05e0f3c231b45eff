import { html, nothing, type TemplateResult } from 'lit';
import { isLinked } from '../../core/connect-state.js';
import { withApp } from '../../messages/messages.js';
import type { ConnectView } from './connect-view.js';
import { appName, errorText, statusText } from './describe-state.js';

/** The live regions are there, empty, from the first render: a region that comes with its text is not announced. */
export function renderDetails(view: ConnectView): TemplateResult {
  const { state, messages, announcement } = view;
  // The form says what is wrong with it, beside the fields.
  const error = state.phase === 'collecting-credentials' ? null : state.error;
  const status = statusText(state, messages);
  return html`
    <div class="details">
      <slot name="description"></slot>
      <div ?hidden=${state.phase !== 'connected'}><slot name="connected"></slot></div>
      <p class=${status ? 'status' : 'visually-hidden'} part="status" role="status">${status || announcement}</p>
      ${isLinked(state) || state.phase === 'preparing' ? renderActions(view) : nothing}
      <div class="error" part="error" role="alert" ?data-empty=${!error}>
        ${error ? html`<slot name=${`error-${error.code}`}><slot name="error">${errorText(error, state, messages)}</slot></slot>` : nothing}
      </div>
      ${view.actions.menu.renderRetry()}
    </div>
  `;
}

function renderActions({ state, messages, redirectUrl, actions }: ConnectView): TemplateResult {
  const blocked = state.phase === 'popup-blocked' && redirectUrl;
  const lost = state.phase === 'awaiting-authorization' && state.window !== 'open';
  const app = appName(state) ?? messages.unknownApp;
  return html`
    <div class="actions">
      ${
        blocked
          ? html`<a class="action" part="link" href=${redirectUrl} target="_blank" rel="noreferrer" @click=${(event: MouseEvent) => actions.followLink(event)}
              >${withApp(messages.openWindow, app)}<span class="visually-hidden"> (${messages.opensWindow})</span></a
            >`
          : nothing
      }
      ${
        lost
          ? html`<button class="action" part="reopen" type="button" @click=${() => actions.reopen()}>
              ${messages.openAgain}<span class="visually-hidden"> (${messages.opensWindow})</span>
            </button>`
          : nothing
      }
      <button class="action quiet" part="cancel" type="button" @click=${() => actions.cancel()}>${messages.cancel}</button>
    </div>
  `;
}
