import { html, nothing, type TemplateResult } from 'lit';
import type { AskedField } from '../../core/accounts/credential-fields.js';
import type { AuthConfig } from '../../core/model/connection-types.js';
import { parseUrl } from '../../core/model/urls.js';
import type { Messages } from '../../messages/messages.js';
import { renderProblem } from '../shared/signs.js';

/** A key file has a few kilobytes; the backend accepts 64 at most. */
const MAX_FILE_BYTES = 64_000;

/** The surroundings of a field. */
export interface FieldContext {
  readonly authConfig: AuthConfig;
  readonly messages: Messages;
}

/**
 * Renders label, hint, input and error of one field, tied together for assistive technology. The backend's own words may
 * have another direction than the page.
 * @param isLinked whether the page for finding the credential is linked beside the label
 */
export function renderField(field: AskedField, view: FieldContext, error: string, isLinked: boolean): TemplateResult {
  const id = `field-${view.authConfig.fields.findIndex(({ name }) => name === field.name)}`;
  const hint = field.kind === 'json' ? field.description || view.messages.form.dropFile : field.description;
  return html`
    <div class="field" part="field">
      <div class="field-line">
        <label part="field-label" for=${id}><bdi .textContent=${field.displayName || field.name}></bdi></label>
        ${isLinked ? renderLink(view) : nothing}
      </div>
      ${hint ? html`<p id=${`${id}-hint`} class="field-hint" part="field-hint"><bdi>${hint}</bdi></p>` : nothing}
      ${renderInput(field, view, id, error !== '')}
      <p id=${`${id}-error`} class="field-error problem-text" part="field-error">${error ? renderProblem(error) : nothing}</p>
    </div>
  `;
}

/** Renders the link to the page on which users find the credential. */
function renderLink({ authConfig: { authHintUrl }, messages }: FieldContext): TemplateResult | typeof nothing {
  if (!authHintUrl || parseUrl(authHintUrl)?.protocol !== 'https:') return nothing;
  return html`
    <a class="action" href=${authHintUrl} target="_blank" rel="noopener noreferrer"
      ><span .textContent=${messages.form.hint}></span> <span class="visually-hidden" .textContent=${`(${messages.opensWindow})`}></span></a
    >
  `;
}

function renderInput(field: AskedField, view: FieldContext, id: string, invalid: boolean): TemplateResult {
  if (field.kind !== 'line') return renderLines(field, view, id, invalid);
  // No single attribute stops every password manager: these keep most of them from offering the login of this site. A `name`
  // would tempt them, so `data-field` marks the answer.
  return html`
    <div class=${field.masked ? 'input secret' : 'input'}>
      <input
        id=${id}
        class="text-field"
        part="field-input"
        data-field=${field.name}
        type=${field.masked ? 'password' : 'text'}
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

/** Renders the button that shows what was typed: an eye, struck through while it does. */
function renderReveal({ messages }: FieldContext, id: string): TemplateResult {
  return html`
    <button class="reveal icon-button" part="button" type="button" aria-controls=${id} aria-pressed="false" @click=${toggleMask}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 8C3 5.2 5.3 3.75 8 3.75S13 5.2 14.5 8C13 10.8 10.7 12.25 8 12.25S3 10.8 1.5 8M8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4" /><path class="hide" d="m3 13 10-10" /></svg>
      <span class="label"><span class="show" .textContent=${messages.form.show}></span><span class="hide" .textContent=${messages.form.hide}></span></span>
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
      class=${field.masked ? 'text-field masked' : 'text-field'}
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
