import { html, type TemplateResult } from 'lit';
import type { AccountAction } from '../../core/accounts/account-actions.js';

/** SVG paths of 16 × 16. Each icon has a visible or accessible name beside it. */
export const ACTION_ICONS: Readonly<Record<AccountAction, string>> = {
  reconnect: 'M13 8a5 5 0 1 1-1.6-3.67M13.25 2.25v2.5h-2.5',
  rename: 'm3 13 .7-2.9 7-7a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7 7zM9.5 4.3l2.2 2.2',
  enable: 'M8 2.75v5M4.9 4.4a5 5 0 1 0 6.2 0',
  disable: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M6.6 6.1v3.8m2.8-3.8v3.8',
  disconnect: 'M3 4.25h10M6.25 4V2.75h3.5V4M4.25 4.5l.6 8.75h6.3l.6-8.75',
};

/** Three quarters of a ring, which turns while a request is in progress. */
export const BUSY_ICON = 'M13 8a5 5 0 1 1-5-5';

/** SVG path of 16 × 16: a triangle with an exclamation mark. It says without color that something has to be done. */
export const ALERT_ICON = 'M8 2.25 14.5 13.5h-13zM8 6.5v3.25m0 1.75v.1';

/** Renders what is wrong, with a sign before it. The words may have another direction than the page. */
export function renderProblem(text: string): TemplateResult {
  return html`<span class="problem-line"><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${ALERT_ICON} /></svg><bdi .textContent=${text}></bdi></span>`;
}
