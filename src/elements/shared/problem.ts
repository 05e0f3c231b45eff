import { html, type TemplateResult } from 'lit';

/** SVG path of 16 × 16: a triangle with an exclamation mark. It says without color that something has to be done. */
export const ALERT_ICON = 'M8 2.25 14.5 13.5h-13zM8 6.5v3.25m0 1.75v.1';

/** Renders what is wrong, with a sign before it. The words may have another direction than the page. */
export function renderProblem(text: string): TemplateResult {
  return html`<span class="problem-line"><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${ALERT_ICON} /></svg><bdi .textContent=${text}></bdi></span>`;
}
