import { html, nothing, type TemplateResult } from 'lit';
import { formatForApp } from '../shared/app-words.js';
import { accountWithMenu, type ConnectView, menuView, problemText } from './connect-view.js';

/** The live regions are rendered empty from the start, because a region that comes with its text is not announced. */
export function renderDetails(view: ConnectView): TemplateResult {
  const { state, messages, announcement, controller, parts } = view;
  const account = accountWithMenu(state);
  // The form shows its own errors beside the fields.
  const error = state.phase === 'collecting-credentials' && !parts.failure ? null : view.error;
  const opening = state.phase === 'preparing' ? formatForApp(messages.preparing, state, messages) : '';
  const status = parts.attempt?.statusText(state, messages, controller.sameTab) ?? opening;
  return html`
    <div class="details">
      <slot name="description"></slot>
      <div ?hidden=${state.phase !== 'connected'}><slot name="connected"></slot></div>
      <p class=${status ? 'status' : 'visually-hidden'} part="status" role="status">${status || announcement}</p>
      ${parts.attempt?.renderAttempt(view)}
      <div class="error" part="error" role="alert" ?data-empty=${!error}>
        ${error ? html`<slot name=${`error-${error.code}`}><slot name="error">${problemText(view)}</slot></slot>` : nothing}
      </div>
      ${error?.reason === 'sandboxed' ? parts.attempt?.renderPageAddress(view) : nothing}
      ${account ? parts.renderRetry(menuView(account, view)) : nothing}
      ${parts.failure ? html`<button class="action" type="button" data-action="retry" @click=${() => parts.retry()}>${messages.tryAgain}</button>` : nothing}
    </div>
  `;
}
