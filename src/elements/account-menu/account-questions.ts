import { html, nothing, type TemplateResult } from 'lit';
import type { AccountFailure } from '../../controllers/account-actions-controller.js';
import { keepTyped } from '../../controllers/typed-keys.js';
import type { Messages } from '../../messages/messages.js';
import { renderProblem } from '../shared/signs.js';
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
      <p class="panel-title" id="question" .textContent=${formatForAccount(menu.question, view)}></p>
      <p class="panel-text" id="consequence" .textContent=${formatForAccount(menu.consequence, login(view))}></p>
      <div class="panel-actions">
        <button class="button plain" part="button" type="button" data-action="cancel" data-first-focus @click=${() => actions.close()} .textContent=${messages.cancel}></button>
        <button class="button danger" part="button" type="button" data-action="disconnect" @click=${onConfirm} .textContent=${menu.disconnect}></button>
      </div>
    </div>
  `;
}

/** Returns the words for the sentence below a question, which tells the login of an account that has a name of its own. */
function login({ account, app, identity }: AccountMenuView): AccountWords {
  const known = account.displayName || identity;
  return { app, identity: known === app ? app : `${known} (${app})` };
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
      part="dialog"
      role="dialog"
      data-menu-panel="rename"
      popover="manual"
      tabindex="-1"
      aria-labelledby="rename"
    >
      <form @submit=${onSubmit}>
        <p class="panel-title" id="rename" .textContent=${menu.rename}></p>
        <label for="alias" .textContent=${menu.name}></label>
        <input
          class="text-field name-input"
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
        <p class="problem-text" id="alias-problem" role="alert">${failure ? renderProblem(nameProblem(failure, messages, view)) : nothing}</p>
        <div class="panel-actions">
          <button class="button plain" part="button" type="button" data-action="cancel" @click=${() => actions.close()} .textContent=${messages.cancel}></button>
          <button class="button primary" part="button" type="submit" aria-disabled=${busy ? 'true' : nothing} .textContent=${menu.save}></button>
        </div>
      </form>
    </div>
  `;
}

function nameProblem({ error }: AccountFailure, messages: Messages, words: AccountWords): string {
  const text = error.code === 'invalid_request' ? messages.menu.badName : (messages.errors[error.code] ?? '');
  return formatForAccount(text, words);
}
