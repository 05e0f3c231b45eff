import { html, nothing, type TemplateResult } from 'lit';
import type { AskedField } from '../../core/accounts/credential-fields.js';
import type { AuthConfig } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';

/** A key file has a few kilobytes; the backend accepts 64 at most. */
const MAX_FILE_BYTES = 64_000;

/** The surroundings of a field. */
export interface FieldContext {
  readonly authConfig: AuthConfig;
  readonly messages: Messages;
}

/**
 * Renders label, input, hint and error of one field, tied together for assistive technology. The backend's own words may
 * have another direction than the page.
 */
export function renderField(field: AskedField, view: FieldContext, error: string): TemplateResult {
  const id = `field-${view.authConfig.fields.findIndex(({ name }) => name === field.name)}`;
  const hint = field.kind === 'json' ? field.description || view.messages.form.dropFile : field.description;
  return html`
    <div class="field" part="field">
      <label part="field-label" for=${id}><bdi .textContent=${field.displayName || field.name}></bdi></label>
      ${renderInput(field, view, id, error !== '')}
      ${hint ? html`<p id=${`${id}-hint`} class="field-hint" part="field-hint"><bdi>${hint}</bdi></p>` : nothing}
      <p id=${`${id}-error`} class="field-error" part="field-error">${error ? html`<bdi .textContent=${error}></bdi>` : nothing}</p>
    </div>
  `;
}

function renderInput(field: AskedField, view: FieldContext, id: string, invalid: boolean): TemplateResult {
  if (field.kind !== 'line') return renderLines(field, view, id, invalid);
  // No single attribute stops every password manager: these keep most of them from offering the login of this site. A `name`
  // would tempt them, so `data-field` marks the answer.
  return html`
    <div class="input">
      <input
        id=${id}
        part="field-input"
        data-field=${field.name}
        type=${field.masked ? 'password' : 'text'}
        dir="auto"
        .value=${field.value}
        ?required=${field.required}
        autocomplete="off"
        autocapitalize="off"
        autocorrect="off"
        spellcheck="false"
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        data-form-type="other"
        aria-required=${field.required ? 'true' : nothing}
        aria-invalid=${invalid ? 'true' : nothing}
        aria-describedby=${`${id}-error ${id}-hint`}
      />
      ${field.masked ? renderReveal(view, id) : nothing}
    </div>
  `;
}

function renderReveal({ messages }: FieldContext, id: string): TemplateResult {
  return html`
    <button class="action quiet" type="button" aria-controls=${id} aria-pressed="false" @click=${toggleMask}>
      <span class="show" .textContent=${messages.form.show}></span><span class="hide" .textContent=${messages.form.hide}></span>
    </button>
  `;
}

function toggleMask({ currentTarget }: Event): void {
  const button = currentTarget as HTMLButtonElement;
  const input = button.closest('.field')?.querySelector('[data-field]');
  const masks = button.getAttribute('aria-pressed') === 'true';
  if (input instanceof HTMLInputElement) input.type = masks ? 'password' : 'text';
  else input?.classList.toggle('masked', masks);
  button.setAttribute('aria-pressed', String(!masks));
}

function renderLines(field: AskedField, view: FieldContext, id: string, invalid: boolean): TemplateResult {
  return html`
    <textarea
      id=${id}
      class=${field.masked ? 'masked' : nothing}
      part="field-input"
      data-field=${field.name}
      rows="6"
      .value=${field.value}
      ?required=${field.required}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      aria-required=${field.required ? 'true' : nothing}
      aria-invalid=${invalid ? 'true' : nothing}
      aria-describedby=${`${id}-error ${id}-hint`}
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${takeDroppedFile}
    ></textarea>
    ${field.kind === 'json' || field.masked ? renderBeside(field, view, id) : nothing}
  `;
}

function renderBeside(field: AskedField, view: FieldContext, id: string): TemplateResult {
  return html`
    <div class="beside">
      ${field.kind === 'json' ? renderFileChoice(view) : nothing}${field.masked ? renderReveal(view, id) : nothing}
    </div>
  `;
}

function renderFileChoice({ messages }: FieldContext): TemplateResult {
  return html`
    <label class="action file"
      >${messages.form.chooseFile}<input
        class="visually-hidden"
        type="file"
        accept=".json,application/json"
        @change=${takeChosenFile}
    /></label>
  `;
}

function takeDroppedFile(event: DragEvent): void {
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  event.preventDefault();
  void readInto(event.currentTarget as HTMLTextAreaElement, file);
}

function takeChosenFile({ currentTarget }: Event): void {
  const input = currentTarget as HTMLInputElement;
  const file = input.files?.[0];
  const textarea = input.closest('.field')?.querySelector('textarea');
  if (file && textarea) void readInto(textarea, file);
  input.value = '';
}

async function readInto(textarea: HTMLTextAreaElement, file: File): Promise<void> {
  textarea.value = await file.slice(0, MAX_FILE_BYTES).text();
  textarea.dispatchEvent(new Event('input', { bubbles: true }));
}
