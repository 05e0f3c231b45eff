import { css, html, nothing, type TemplateResult } from 'lit';
import { isWebView } from '../../browser/attempt-ports.js';
import { isHomeScreenApp } from '../../browser/authorization-window.js';
import { isLinked } from '../../core/flow/connect-state.js';
import { attemptTexts } from '../../messages/en-attempt.js';
import { formatMessage } from '../../messages/messages.js';
import { appName, formatForApp, isLost } from '../shared/app-words.js';
import { type ConnectView, goesToProvider } from './connect-view.js';

/** Styles of what stands below the trigger during an attempt, and of the page address. */
const attemptStyles = css`
  .hint {
    margin: 0;
    padding-block-start: 4px;
    color: var(--_muted);
  }

  .address {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 28px;
    padding: 2px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 2px calc(var(--_space) * 2);
    padding-block-start: 4px;
  }
`;

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
