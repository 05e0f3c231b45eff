import { html, nothing, type TemplateResult } from 'lit';
import { safeLogo } from '../connect-account/safe-logo.js';
import { identityParts } from './describe-account.js';
import type { RowView } from './list-view.js';
import { renderReconnect } from './render-reconnect.js';
import { renderRowActions, renderRowFailure } from './render-row-actions.js';
import { STATUS_ICONS } from './status-icons.js';

/** One account: what it is, whose, how it is, since when, and what can be done. */
export function renderAccountRow(view: RowView): TemplateResult {
  const { account, app, status } = view;
  return html`
    <li class="row" part="row" tabindex="-1" data-account=${account.id}>
      <span class="logo" part="logo" aria-hidden="true">${renderLogo(view)}</span>
      <div class="who">
        <h3 class="name" part="name">${app}</h3>
        <p class="identity" part="identity">${identityParts(account).map((text, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${text}</bdi>`)}</p>
      </div>
      <div class="state">
        <span class=${`badge ${status.tone}`} part="badge" title=${account.statusReason || nothing}
          >${STATUS_ICONS[status.look]}${status.text}</span
        >
        <time class="time" part="time" dir="auto" datetime=${view.dateTime} title=${view.date}>${view.age}</time>
      </div>
      ${view.readonly ? nothing : html`${renderRowActions(view)}${renderRowFailure(view)}${renderReconnect(view)}`}
    </li>
  `;
}

function renderLogo({ account, app }: RowView): TemplateResult {
  const letter = html`<span class="letter">${[...app][0]}</span>`;
  const logo = safeLogo(account.toolkit.logo);
  if (!logo) return letter;
  return html`
    <img
      src=${logo}
      alt=""
      width="28"
      height="28"
      decoding="async"
      referrerpolicy="no-referrer"
      @load=${showImage}
      @error=${showLetter}
    />${letter}
  `;
}

function showImage({ target }: Event): void {
  (target as HTMLElement).hidden = false;
}

/** The style sheet shows the letter beside a hidden picture. */
function showLetter({ target }: Event): void {
  (target as HTMLElement).hidden = true;
}
