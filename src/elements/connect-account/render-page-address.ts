import { html, type TemplateResult } from 'lit';
import type { Messages } from '../../messages/messages.js';

/** The address of this page, to be copied into a browser. Never that of a link, which would connect whoever follows it. */
export function renderPageAddress({ pageAddress }: Messages): TemplateResult {
  return html`
    <input class="address" type="text" readonly aria-label=${pageAddress} .value=${location.href} @focus=${selectAll} />
  `;
}

function selectAll({ currentTarget }: Event): void {
  (currentTarget as HTMLInputElement).select();
}
