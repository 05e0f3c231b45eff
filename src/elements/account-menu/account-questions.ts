import { html, nothing, type TemplateResult } from 'lit';
import type { AccountFailure } from '../../controllers/account-actions-controller.js';
import { keepTyped } from '../../controllers/typed-keys.js';
import type { Messages } from '../../messages/messages.js';
import { type AccountMenuView, type AccountWords, formatForAccount } from './account-view.js';

/** Renders the question before a disconnect. The focus is on the answer that changes nothing. */
export function renderConfirm(view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { menu } = messages;
  const onConfirm = (event: MouseEvent) => {
    // The second half of a double click on "Disconnect" in the menu is no answer.
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
      <p class="question-title" id="question" .textContent=${formatForAccount(menu.question, view)}></p>
      <p class="question-text" id="consequence" .textContent=${formatForAccount(menu.consequence, view)}></p>
      <div class="answers">
        <button class="answer danger" type="button" data-action="disconnect" @click=${onConfirm} .textContent=${menu.disconnect}></button>
        <button class="answer" type="button" data-action="cancel" data-first-focus @click=${() => actions.close()}>
          ${messages.cancel}
        </button>
      </div>
    </div>
  `;
}

/** Renders the form for the name of an account. A refused name stays in the field, with the reason below. */
export function renderRename(view: AccountMenuView): TemplateResult {
  const { account, messages, actions } = view;
  const { menu } = messages;
  const { busy, failure } = actions.getState(account);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input');
    if (input) void actions.rename(account, input.value);
  };
  return html`
    <div
      class="menu-panel question"
      role="dialog"
      data-menu-panel="rename"
      popover="manual"
      tabindex="-1"
      aria-label=${menu.rename}
    >
      <form @submit=${onSubmit}>
      <label class="question-title" for="alias" .textContent=${menu.name}></label>
      <input
        class="name-input"
        id="alias"
        type="text"
        dir="auto"
        autocomplete="off"
        data-first-focus
        @keydown=${keepTyped}
        @keypress=${keepTyped}
        @keyup=${keepTyped}
        value=${account.alias ?? ''}
        aria-invalid=${failure ? 'true' : nothing}
        aria-describedby="alias-problem"
      />
      <p class="name-problem" id="alias-problem" role="alert" .textContent=${failure ? nameProblem(failure, messages, view) : ''}></p>
      <div class="answers">
        <button class="answer accent" type="submit" aria-disabled=${busy ? 'true' : 'false'} .textContent=${menu.save}></button>
        <button class="answer" type="button" data-action="cancel" @click=${() => actions.close()} .textContent=${messages.cancel}></button>
      </div>
      </form>
    </div>
  `;
}

function nameProblem({ error }: AccountFailure, messages: Messages, words: AccountWords): string {
  const text = error.code === 'invalid_request' ? messages.menu.badName : (messages.errors[error.code] ?? '');
  return formatForAccount(text, words);
}
