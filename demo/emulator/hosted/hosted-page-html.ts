import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { FieldRecord, ToolkitRecord } from '../toolkit-records.js';

type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Contents of a link's form. */
export interface LinkForm {
  readonly toolkit: ToolkitRecord;
  readonly logo: string;
  readonly fields: readonly FieldRecord[];
  /** Known values: `connection_data`, or rejected input. Never a secret. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problem?: string;
}

/** Renders a consent page, or a form when there are fields. */
export function linkFormPage({ toolkit, logo, fields, values, problem }: LinkForm): Page {
  return page(
    `Connect ${toolkit.name}`,
    html`
      <img class="logo" src="${logo}" alt="" width="40" height="40" referrerpolicy="no-referrer" />
      <h1>Connect ${toolkit.name}</h1>
      <p>${toolkit.description}</p>
      ${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" autocomplete="off">
        ${fields.map((field) => fieldInput(field, values[field.name] ?? field.default ?? ''))}
        <div class="decisions">
          <button name="decision" value="cancel" formnovalidate>Cancel</button>
          <button name="decision" value="continue" class="primary">Continue</button>
        </div>
      </form>
    `,
  );
}

/** Renders a page with a text only: success, link used, link expired, unknown link. */
export function messagePage(title: string, words: string): Page {
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${words}</p>`,
  );
}

function fieldInput({ name, displayName, description, required, is_secret }: FieldRecord, value: unknown): Page {
  const describedBy = `${name}-description`;
  const attributes = html`id="${name}" name="${name}" aria-describedby="${describedBy}" ${required ? 'required' : ''}`;
  const input =
    name === 'credentials_json'
      ? html`<textarea ${attributes} rows="6" spellcheck="false"></textarea>`
      : html`<input ${attributes} type="${is_secret ? 'password' : 'text'}" value="${is_secret ? '' : String(value)}" />`;
  return html`<label for="${name}">${displayName}${required ? '' : ' (optional)'}</label>
    ${input}
    <small id="${describedBy}">${description}</small>`;
}

function page(title: string, body: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/hosted.css" />
      </head>
      <body>
        <main>${body}</main>
        <footer>Secured by the local Composio emulator</footer>
      </body>
    </html>`;
}
