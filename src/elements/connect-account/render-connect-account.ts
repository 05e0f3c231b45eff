import { html, nothing, type TemplateResult } from 'lit';
import type { ConnectView } from './connect-view.js';
import { renderDetails } from './render-details.js';
import { renderTrigger } from './render-trigger.js';

/** All of the element: the trigger with its menu, the form, and what is said below. */
export function renderConnectAccount(view: ConnectView): TemplateResult {
  const { actions, disabled, messages } = view;
  return html`
    <div class="frame" data-menu-anchor>${renderTrigger(view)}${disabled ? nothing : actions.menu.render()}</div>
    ${actions.form.render(messages)}${renderDetails(view)}
  `;
}
