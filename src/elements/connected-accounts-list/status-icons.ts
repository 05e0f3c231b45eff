import { html, type TemplateResult } from 'lit';
import type { ConnectionStatus } from '../../core/connection-types.js';

/** A shape of its own for each status, so that none is told by its colour alone. */
export const STATUS_ICONS: Readonly<Record<ConnectionStatus | 'NEVER_FINISHED', TemplateResult>> = {
  INITIALIZING: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75" stroke-dasharray="2.2 2.32"/></svg>`,
  INITIATED: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path d="M8 4.75V8l2.25 1.5"/></svg>`,
  ACTIVE: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path d="m5.5 8.25 1.75 1.75 3.25-3.75"/></svg>`,
  FAILED: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path d="m6 6 4 4m0-4-4 4"/></svg>`,
  EXPIRED: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.5 14 13H2z"/><path d="M8 6.5v3m0 1.6v.1"/></svg>`,
  INACTIVE: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path d="M6.5 6v4m3-4v4"/></svg>`,
  REVOKED: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path d="m4 4 8 8"/></svg>`,
  NEVER_FINISHED: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75" stroke-dasharray="2.2 2.32"/><path d="M5.75 8h4.5"/></svg>`,
};
