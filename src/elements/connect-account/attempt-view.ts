import { css, html, nothing, type TemplateResult } from 'lit';
import { isWebView } from '../../browser/attempt-ports.js';
import { isHomeScreenApp } from '../../browser/authorization-window.js';
import { isLinked } from '../../core/flow/connect-state.js';
import { attemptTexts } from '../../messages/en-attempt.js';
import { formatForApp, isLost } from '../shared/app-words.js';
import { type ConnectView, goesToProvider } from './connect-view.js';

/**
 * Styles of what stands below the trigger during an attempt, and of the page address.
 *
 * @cssprop --connect-account-link-background - Background of the link that replaces a blocked window.
 * @cssprop --connect-account-link-hover-background - Background of the link that replaces a blocked window, under the pointer.
 * @cssprop --connect-account-link-color - Text color of the link that replaces a blocked window.
 * @cssprop --connect-account-link-radius - Corner radius of the link that replaces a blocked window.
 */
const attemptStyles = css`
  /* What follows a text stands apart from it by a wide space, which is none where it begins a line. */
  .said {
    word-spacing: 0.5em;
  }

  .said > * {
    word-spacing: normal;
  }

  .words .action {
    margin-block: -3px;
    color: var(--_text);
    text-decoration: underline;
    text-decoration-color: var(--_border);
    text-underline-offset: 0.25em;
  }

  .words .action:hover {
    text-decoration-color: currentColor;
  }

  .hint {
    margin: 0;
    padding-block-start: 4px;
    color: var(--_muted);
  }

  .address {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 2.2em;
    margin-block-start: 4px;
    padding: 2px var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .actions {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px 1em;
  }

  .actions.blocked {
    display: flex;
    align-items: center;
    padding-block-start: var(--_space);
  }

  .details[data-end] .blocked {
    justify-content: flex-end;
  }

  /* The way on where the window was refused. */
  .continue {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    box-sizing: border-box;
    min-block-size: calc(32em / 13);
    padding: 0.2em calc(12em / 13);
    border: 1px solid transparent;
    border-radius: var(--connect-account-link-radius, var(--_radius));
    background: var(--connect-account-link-background, var(--_accent));
    color: var(--connect-account-link-color, var(--_accent-text));
    font-weight: var(--_font-weight);
    text-decoration: none;
  }

  .continue:hover {
    background: var(--connect-account-link-hover-background, var(--_accent-hover));
  }

  .continue:focus-visible {
    border-radius: var(--connect-account-link-radius, var(--_radius));
  }

  .continue svg {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
  }

  :dir(rtl) .continue svg {
    scale: -1 1;
  }

  @media (pointer: coarse) {
    .words :is(.action, .continue) {
      min-block-size: 44px;
    }

    .words .action {
      margin-block: -13px;
    }

    .blocked .action {
      margin-block: 0;
    }
  }

  @media (forced-colors: active) {
    .continue {
      border-color: LinkText;
    }
  }
`;

/** A late part of `<connect-account>`: what stands below the trigger during an attempt, and the words for its end. */
export { KeptFocusController } from '../../controllers/kept-focus-controller.js';
export { RoomController } from '../../controllers/room-controller.js';
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
  const open = formatForApp(messages.openWindow, state, messages);
  const opensWindow = html` <span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>`;
  const follow = (event: MouseEvent) => controller.followLink(event);
  return html`
    ${blocked && isWebView() ? html`<p class="hint" .textContent=${formatForApp(messages.webView, state, messages)}></p>${renderPageAddress(view)}` : nothing}
    <div class=${blocked ? 'actions blocked' : 'actions'}>
      ${blocked ? html`<a class="continue" part="link" href=${blocked} target="_blank" rel="noreferrer" @click=${follow}><span .textContent=${open}></span>${OUT}${opensWindow}</a>` : nothing}
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

const OUT = html`<svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M5.5 2.5h-3v9h9v-3M8 1.75h4.25V6M12 2 6.5 7.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

function selectAll({ currentTarget }: Event): void {
  (currentTarget as HTMLInputElement).select();
}
