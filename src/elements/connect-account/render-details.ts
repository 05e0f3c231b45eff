import { html, nothing, type TemplateResult } from 'lit';
import { isHomeScreenApp } from '../../browser/authorization-window.js';
import { isWebView } from '../../browser/page-limits.js';
import { isLinked } from '../../core/flow/connect-state.js';
import type { ConnectErrorCode } from '../../core/model/connect-error.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { renderRetry } from '../account-menu/account-view.js';
import { appName, formatForApp, isLost, statusText } from '../shared/describe-attempt.js';
import { accountWithMenu, type ConnectView, goesToProvider, menuView, problemText } from './connect-view.js';

/** The live regions are rendered empty from the start, because a region that comes with its text is not announced. */
export function renderDetails(view: ConnectView): TemplateResult {
  const { state, messages, announcement, controller } = view;
  const account = accountWithMenu(state);
  // The form shows its own errors beside the fields.
  const error = state.phase === 'collecting-credentials' ? null : view.error;
  const status = statusText(state, messages, controller.sameTab);
  return html`
    <div class="details">
      <slot name="description"></slot>
      <div ?hidden=${state.phase !== 'connected'}><slot name="connected"></slot></div>
      <p class=${status ? 'status' : 'visually-hidden'} part="status" role="status" .textContent=${status || announcement}></p>
      ${isHomeScreenApp() && goesToProvider(view) ? html`<p class="hint" .textContent=${formatForApp(messages.homeScreenApp, state, messages)}></p>` : nothing}
      ${isLinked(state) || state.phase === 'preparing' ? renderActions(view) : nothing}
      <div class="error" part="error" role="alert" ?data-empty=${!error}>
        ${error ? renderError(error.code, view) : nothing}
      </div>
      ${error?.reason === 'sandboxed' ? renderPageAddress(messages) : nothing}
      ${account ? renderRetry(menuView(account, view)) : nothing}
    </div>
  `;
}

/** Every slot is there, because a child that is in no slot has no style to tell whether it shows anything. */
function renderError(code: ConnectErrorCode, view: ConnectView): TemplateResult {
  const slots = [`error-${code}`, 'error'];
  const filled = slots.find((name) => view.slots.has(name));
  return html`
    ${slots.map((name) => html`<slot name=${name} ?hidden=${name !== filled}></slot>`)}
    ${filled ? nothing : html`<span .textContent=${problemText(view)}></span>`}
  `;
}

function renderActions({ state, messages, controller }: ConnectView): TemplateResult {
  const { flow, sameTab } = controller;
  // The link is a bearer capability: it is rendered only where the window was blocked.
  const blocked = state.phase === 'popup-blocked' && flow.redirectUrl;
  const open = formatMessage(messages.openWindow, { app: appName(state) ?? messages.unknownApp });
  const opensWindow = html` <span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>`;
  const follow = (event: MouseEvent) => controller.followLink(event);
  return html`
    ${blocked && isWebView() ? html`<p class="hint" .textContent=${formatForApp(messages.webView, state, messages)}></p>${renderPageAddress(messages)}` : nothing}
    <div class="actions">
      ${blocked ? html`<a class="action" part="link" href=${blocked} target="_blank" rel="noreferrer" @click=${follow}><span .textContent=${open}></span>${opensWindow}</a>` : nothing}
      ${
        isLost(state, sameTab)
          ? html`<button class="action" part="reopen" type="button" @click=${() => flow.reopen()}><span .textContent=${sameTab ? open : messages.openAgain}></span>${sameTab ? nothing : opensWindow}</button>`
          : nothing
      }
      <button class="action quiet" part="cancel" type="button" @click=${() => flow.cancel('user')} .textContent=${messages.cancel}></button>
    </div>
  `;
}

/** Renders the address of this page, to be copied into a browser; never that of a link, which connects anyone who opens it. */
function renderPageAddress({ pageAddress }: Messages): TemplateResult {
  return html`
    <input class="address" type="text" readonly aria-label=${pageAddress} .value=${location.href} @focus=${selectAll} />
  `;
}

function selectAll({ currentTarget }: Event): void {
  (currentTarget as HTMLInputElement).select();
}
