import { html, nothing, type TemplateResult } from 'lit';
import { isHomeScreenApp } from '../../browser/authorization-window.js';
import { isWebView } from '../../browser/web-view.js';
import { isLinked } from '../../core/flow/connect-state.js';
import { attemptTexts } from '../../messages/en-attempt.js';
import { formatMessage } from '../../messages/messages.js';
import { appName, formatForApp, isLost } from '../shared/app-words.js';
import { attemptStyles } from './attempt-styles.js';
import { type ConnectView, goesToProvider } from './connect-view.js';

/** A late part of `<connect-account>`: what stands below the trigger during an attempt, and the words for its end. */
export { KeptFocusController } from '../../controllers/kept-focus-controller.js';
export { outcomeText, statusText } from '../shared/describe-attempt.js';

export const styles = [attemptStyles];
export const texts = attemptTexts;

/** Renders what the user should know before a click, and what they can do after it. */
export function renderAttempt(view: ConnectView): TemplateResult {
  const { state, messages } = view;
  return html`
    ${isHomeScreenApp() && goesToProvider(view) ? html`<p class="hint" .textContent=${formatForApp(messages.homeScreenApp, state, messages)}></p>` : nothing}
    ${isLinked(state) || state.phase === 'preparing' ? renderActions(view) : nothing}
  `;
}

function renderActions(view: ConnectView): TemplateResult {
  const { state, messages, controller } = view;
  const { flow, sameTab } = controller;
  // The link is a bearer capability: it is rendered only where the window was blocked.
  const blocked = state.phase === 'popup-blocked' && flow.redirectUrl;
  const open = formatMessage(messages.openWindow, { app: appName(state) ?? messages.unknownApp });
  const opensWindow = html` <span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>`;
  const follow = (event: MouseEvent) => controller.followLink(event);
  return html`
    ${blocked && isWebView() ? html`<p class="hint" .textContent=${formatForApp(messages.webView, state, messages)}></p>${renderPageAddress(view)}` : nothing}
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
export function renderPageAddress({ messages: { pageAddress } }: ConnectView): TemplateResult {
  return html`
    <input class="address" type="text" readonly aria-label=${pageAddress} .value=${location.href} @focus=${selectAll} />
  `;
}

function selectAll({ currentTarget }: Event): void {
  (currentTarget as HTMLInputElement).select();
}
