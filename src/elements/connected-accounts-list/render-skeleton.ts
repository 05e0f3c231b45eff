import { html, nothing, type TemplateResult } from 'lit';
import type { ListView } from './list-view.js';

/** As many as a short list has; a long one grows below what can be seen at once. */
const SKELETON_ROWS = 4;

/** Rows that have every line of the real ones, and so their height: nothing jumps when those arrive. */
export function renderSkeleton({ limit, readonly, messages }: ListView): TemplateResult {
  const row = html`
    <div class="row" aria-hidden="true">
      <span class="logo"><span class="letter"></span></span>
      <div class="who">
        <div class="name"><span class="bone">${blank(14)}</span></div>
        <div class="identity"><span class="bone">${blank(30)}</span></div>
      </div>
      <div class="state">
        <span class="badge"><span class="bone">${blank(12)}</span></span>
        <span class="time"><span class="bone">${blank(16)}</span></span>
      </div>
      ${readonly ? nothing : html`<div class="actions"><span class="row-action"></span></div>`}
    </div>
  `;
  const rows = Array.from({ length: Math.min(limit, SKELETON_ROWS) }, () => row);
  return html`<span class="visually-hidden">${messages.list.loading}</span>${rows}`;
}

/** Takes the place of so many letters. */
function blank(letters: number): string {
  return '\u00a0'.repeat(letters);
}
