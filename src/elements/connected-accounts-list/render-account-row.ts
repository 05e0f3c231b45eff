import { html, nothing, type TemplateResult } from 'lit';
import { renderLetter, renderLogo } from '../shared/logo.js';
import { identityParts } from './describe-account.js';
import type { RowView } from './list-view.js';
import { renderReconnect } from './render-reconnect.js';
import { renderRowActions, renderRowFailure } from './render-row-actions.js';
import { STATUS_ICONS } from './status-icons.js';

/**
 * One account: what it is, whose, how it is, since when, and what can be done.
 * Lists may have thousands of rows, so there is no white space to be cloned with each.
 */
export function renderAccountRow(view: RowView): TemplateResult {
  const { account, app, status } = view;
  return html`<li
      class=${account.status === 'ACTIVE' ? 'row' : 'row not-working'}
      part="row"
      tabindex="-1"
      data-account=${account.id}
    ><span class="logo" part="logo" aria-hidden="true">${renderLogo(account.toolkit.logo, 28, renderLetter(app))}</span
    ><div class="who"
      ><h3 class="name" part="name">${app}</h3
      ><p class="identity" part="identity">${identityParts(account).map(renderIdentityPart)}</p
    ></div
    ><div class="state"
      ><span class=${`badge ${status.tone}`} part="badge" title=${account.statusReason || nothing}
        ><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${STATUS_ICONS[status.look]} /></svg>${status.text}</span
      ><time class="time" part="time" dir="auto" datetime=${view.dateTime} title=${view.date}>${view.age}</time
    ></div
    >${view.readonly ? nothing : renderRowActions(view)}${renderDetail(view)}</li>`;
}

/** What is going on, or has failed. */
function renderDetail(view: RowView): TemplateResult | typeof nothing {
  const reconnect = renderReconnect(view);
  return reconnect === nothing ? renderRowFailure(view) : reconnect;
}

function renderIdentityPart(text: string, index: number): TemplateResult {
  return index > 0 ? html` · <bdi>${text}</bdi>` : html`<bdi>${text}</bdi>`;
}
