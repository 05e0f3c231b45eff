import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A line drawing of 16 × 16 in the colour of the text around it. */
export function renderIcon(lines: SVGTemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${lines}</svg>`;
}
