import { html, type TemplateResult } from 'lit';
import { formatForAccount } from './account-words.js';
import type { AccountMenuView } from './render-account-menu.js';

/** Asks before an account is disconnected. The focus is on the answer that changes nothing. */
export function renderConfirm(view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { menu } = messages;
  const onConfirm = (event: MouseEvent) => {
    // The second half of a double click on "Disconnect" in the menu answers no question.
    if (event.detail < 2) void actions.confirmDisconnect(account);
  };
  return html`
    <div
      class="menu-panel question"
      part="confirm"
      role="alertdialog"
      data-menu-panel="confirm"
      popover="manual"
      tabindex="-1"
      aria-labelledby="question"
      aria-describedby="consequence"
    >
      <p class="question-title" id="question">${formatForAccount(menu.question, view)}</p>
      <p class="question-text" id="consequence">${formatForAccount(menu.consequence, view)}</p>
      <div class="answers">
        <button class="answer danger" type="button" data-action="disconnect" @click=${onConfirm}>${menu.disconnect}</button>
        <button class="answer" type="button" data-action="cancel" data-first-focus @click=${() => actions.close()}>
          ${messages.cancel}
        </button>
      </div>
    </div>
  `;
}
