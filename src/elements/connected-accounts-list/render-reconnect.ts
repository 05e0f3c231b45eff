import { html, nothing, type TemplateResult } from 'lit';
import type { ConnectFlowController } from '../../controllers/connect-flow-controller.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { errorText, isLost, messagesFor } from '../shared/app-words.js';
import { statusText } from '../shared/describe-attempt.js';
import { ALERT_ICON } from '../shared/signs.js';
import type { Reconnects } from './reconnects.js';

/** The data of a row, as far as its reconnect needs it. */
export interface ReconnectView {
  readonly account: ConnectedAccount;
  readonly app: string;
  readonly messages: Messages;
  readonly reconnects: Reconnects;
}

/** Renders the state of a reconnect below its row. */
export function renderReconnect(view: ReconnectView): TemplateResult | typeof nothing {
  const { account, reconnects } = view;
  const messages = messagesFor(account, view.messages);
  const controller = reconnects.get(account)?.controller;
  if (!controller) return nothing;
  const { state } = controller.flow;
  if (state.error && state.phase !== 'collecting-credentials') {
    return html`
      <div class="detail problem">
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${ALERT_ICON} /></svg><span .textContent=${errorText(state.error, state, messages)}></span>
        <button class="action" type="button" @click=${() => reconnects.start(account)} .textContent=${messages.tryAgain}></button>
        <button class="action quiet" type="button" @click=${() => reconnects.cancel(account)} .textContent=${messages.menu.dismiss}></button>
      </div>
    `;
  }
  const text = statusText(state, messages, controller.sameTab);
  if (!text) return nothing;
  const isWorking = state.phase !== 'popup-blocked';
  return html`
    <div class="detail">
      ${isWorking ? html`<span class="spinner"></span>` : nothing}<span .textContent=${text}></span>${renderChoices(view, controller)}
    </div>
  `;
}

/** Renders what the user can do while the attempt waits. */
function renderChoices(
  { account, app, messages, reconnects }: ReconnectView,
  controller: ConnectFlowController,
): TemplateResult {
  const { flow, sameTab } = controller;
  const blocked = flow.state.phase === 'popup-blocked' && flow.redirectUrl;
  const open = formatMessage(messages.openWindow, { app });
  const opensWindow = html` <span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span>`;
  const follow = (event: MouseEvent) => controller.followLink(event);
  return html`
    ${blocked ? html`<a class="action" href=${blocked} target="_blank" rel="noreferrer" @click=${follow}><span .textContent=${open}></span>${opensWindow}</a>` : nothing}
    ${isLost(flow.state, sameTab) ? html`<button class="action" type="button" @click=${() => flow.reopen()}><span .textContent=${sameTab ? open : messages.openAgain}></span>${sameTab ? nothing : opensWindow}</button>` : nothing}
    <button class="action quiet" type="button" @click=${() => reconnects.cancel(account)} .textContent=${messages.cancel}></button>
  `;
}
