import { html, nothing, type TemplateResult } from 'lit';
import { keepTabWithin } from '../../controllers/anchored-panel-controller.js';
import { isComposed } from '../../controllers/typed-keys.js';
import { type AskedField, askedFields, type FieldProblem } from '../../core/accounts/credential-fields.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import { formatMessage } from '../../messages/messages.js';
import { renderLetter, renderLogo } from '../shared/logo.js';
import { renderProblem } from '../shared/signs.js';
import { type FieldContext, renderField } from './render-field.js';

/** Everything that the form shows. */
export interface CredentialsFormView extends FieldContext {
  /** The backend has the answers: nothing can be sent now. */
  readonly busy: boolean;
  /** The mistakes that this page found, by field name. */
  readonly problems: Readonly<Record<string, FieldProblem>>;
  /** The backend's reason for refusing the answers. */
  readonly error: ConnectErrorInfo | null;
  /** Pre-fills fields. */
  readonly data: Readonly<Record<string, string>> | undefined;
  /** The name of the connection. */
  readonly alias: string;
  /** Whether the name was asked for before. It is always asked for when another connection has it. */
  readonly asksAlias?: boolean;
  onSubmit(typed: Readonly<Record<string, string>>, alias: string | undefined): void;
  onCancel(): void;
}

/** Renders a panel with one input for each field: required ones first, the others folded away. */
export function renderCredentialsForm(view: CredentialsFormView): TemplateResult {
  const { authConfig, messages, busy, error } = view;
  const fields = askedFields(authConfig, view.data);
  const optional = fields.filter(({ required }) => !required);
  const required = fields.filter((field) => field.required);
  const { name: app, logo } = authConfig.toolkit;
  return html`
    <div class="panel" part="panel" popover="manual" role="dialog" aria-labelledby="form-title" aria-describedby="form-note" @keydown=${onPanelKey(view)}>
      <form part="form" method="post" novalidate autocomplete="off" @submit=${submit(view)}>
        <h2 class="panel-title" id="form-title"><span class="mark" aria-hidden="true">${renderLogo(logo, 16, renderLetter(app))}</span><span .textContent=${formatMessage(messages.form.title, { app })}></span></h2>
        <p class="panel-text" id="form-note" .textContent=${messages.form.note}></p>
        <p class="form-error problem-text" role="alert">${renderFormError(view, fields)}</p>
        ${required.map((field) => renderField(field, view, fieldError(field, view), field === hinted(fields)))}
        ${view.asksAlias || error?.code === 'alias_taken' ? renderAlias(view) : nothing}
        ${optional.length > 0 ? renderOptional(optional, view, hinted(fields)) : nothing}
        <div class="panel-actions">
          <button class="button medium plain" part="cancel button" type="button" @click=${() => view.onCancel()} .textContent=${messages.cancel}></button>
          <button class="button medium primary" part="submit button" type="submit" aria-disabled=${busy ? 'true' : nothing}
            .textContent=${busy ? messages.connecting : messages.form.submit}></button>
        </div>
      </form>
    </div>
  `;
}

/** Returns the field beside which the page for finding the credential is linked: the first secret, or the first one. */
function hinted(fields: readonly AskedField[]): AskedField | undefined {
  return fields.find(({ masked }) => masked) ?? fields[0];
}

function renderOptional(
  fields: readonly AskedField[],
  view: CredentialsFormView,
  linked: AskedField | undefined,
): TemplateResult {
  const wrong = fields.some((field) => fieldError(field, view) !== '');
  return html`
    <details ?open=${wrong}>
      <summary .textContent=${view.messages.form.more}></summary>
      <div class="folded">${fields.map((field) => renderField(field, view, fieldError(field, view), field === linked))}</div>
    </details>
  `;
}

function renderAlias({ alias, messages, error }: CredentialsFormView): TemplateResult {
  const isTaken = error?.code === 'alias_taken';
  return html`
    <div class="field" part="field">
      <div class="field-line"><label part="field-label" for="alias" .textContent=${messages.form.alias}></label></div>
      <input
        id="alias"
        class="text-field"
        part="field-input"
        type="text"
        .value=${alias}
        maxlength="255"
        autocomplete="off"
        data-alias
        aria-invalid=${isTaken ? 'true' : nothing}
        aria-describedby="alias-error"
      />
      <p id="alias-error" class="field-error problem-text" part="field-error">${isTaken ? renderProblem(messages.errors.alias_taken) : nothing}</p>
    </div>
  `;
}

/** Returns what is wrong with one field: found here, or by the backend in its own words. */
function fieldError({ name }: AskedField, { problems, error, messages }: CredentialsFormView): string {
  const problem = problems[name];
  return problem ? messages.fieldProblems[problem] : (error?.fieldErrors?.[name] ?? '');
}

/** Renders what is wrong and belongs to no field that is shown. */
function renderFormError(
  { error, messages, authConfig }: CredentialsFormView,
  fields: readonly AskedField[],
): TemplateResult | typeof nothing {
  const onFields = fields.some(({ name }) => error?.fieldErrors?.[name]);
  if (!error || onFields || error.code === 'alias_taken') return nothing;
  return renderProblem(formatMessage(messages.errors[error.code] ?? '', { app: authConfig.toolkit.name }));
}

/** The browser never submits the form itself: a failure of the script must not put a key into an address. */
function submit(view: CredentialsFormView): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    if (view.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    view.onSubmit(typedAnswers(form), form.querySelector<HTMLInputElement>('[data-alias]')?.value.trim());
  };
}

function onPanelKey(view: CredentialsFormView): (event: KeyboardEvent) => void {
  return (event) => {
    if (isComposed(event)) return;
    keepTabWithin(event, event.currentTarget as HTMLElement);
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    // A dialog of the page around this one stays open.
    event.stopPropagation();
    view.onCancel();
  };
}

/** Returns the values of the inputs, by field name. */
function typedAnswers(form: HTMLFormElement): Readonly<Record<string, string>> {
  const inputs = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[data-field]')];
  return Object.fromEntries(inputs.map((input) => [input.dataset['field'] ?? '', input.value]));
}
