import { html, nothing, type TemplateResult } from 'lit';
import type { ConnectErrorCode } from '../../core/model/error-codes.js';
import { formatForApp } from '../shared/app-words.js';
import { accountWithMenu, type ConnectView, isHosted, menuView, problemText } from './connect-view.js';

/** The live regions are rendered empty from the start, because a region that comes with its text is not announced. */
export function renderDetails(view: ConnectView): TemplateResult {
  const { state, messages, announcement, controller, parts } = view;
  const account = accountWithMenu(state);
  // The form shows its own errors beside the fields.
  const error = state.phase === 'collecting-credentials' && !parts.failure ? null : view.error;
  const opening = state.phase === 'preparing' ? formatForApp(messages.preparing, state, messages) : '';
  const progress = parts.attempt?.statusText(state, messages, controller.sameTab) ?? opening;
  // While a form loads, no window opens.
  const status = state.phase === 'preparing' && !isHosted(view) ? '' : progress;
  const notice = state.phase === 'needs-attention' && !error ? messages.statuses[state.account.status] : '';
  return html`
    <div class="details">
      <div class="words">
        <slot name="description"></slot>
        <div ?hidden=${state.phase !== 'connected'}><slot name="connected"></slot></div>
        <div class=${status || notice || error ? 'said' : ''}>
          ${notice ? html`<span class="notice" part="notice" .textContent=${notice}></span>` : nothing}
          <p class=${status ? 'status' : 'visually-hidden'} part="status" role="status" .textContent=${status || announcement}></p>
          ${parts.attempt?.renderAttempt(view)}
          <div class="error" part="error" role="alert" ?data-empty=${!error}>
            ${error ? renderError(error.code, view) : nothing}
          </div>
          ${error?.reason === 'sandboxed' ? parts.attempt?.renderPageAddress(view) : nothing}
          ${account ? parts.renderRetry(menuView(account, view)) : nothing}
          ${parts.failure ? html`<button class="action" type="button" data-action="retry" @click=${() => parts.retry()} .textContent=${messages.tryAgain}></button>` : nothing}
        </div>
      </div>
    </div>
  `;
}

/** Every slot is there, because a child that is in no slot has no style to tell whether it shows anything. */
function renderError(code: ConnectErrorCode, view: ConnectView): TemplateResult {
  const own = view.slots.has(`error-${code}`);
  const filled = own || view.slots.has('error');
  return html`
    <slot name=${`error-${code}`} ?hidden=${!own}></slot><slot name="error" ?hidden=${own || !filled}></slot>
    ${filled ? nothing : html`<span .textContent=${problemText(view)}></span>`}
  `;
}
