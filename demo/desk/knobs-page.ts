import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { FailureKind, RouteName } from '../emulator/knobs.js';
import { type DeskParts, KNOB_SECTIONS, type KnobField } from './knob-fields.js';

type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

const ROUTES: Readonly<Record<RouteName | '*', string>> = {
  '*': 'every request',
  'link.create': 'create a link',
  'accounts.list': 'list accounts',
  'accounts.retrieve': 'read an account',
  'accounts.create': 'create an account',
  'accounts.delete': 'delete an account',
  'accounts.patch': 'rename an account',
  'accounts.updateStatus': 'enable or disable an account',
  'accounts.refresh': 'refresh an account',
  'accounts.revoke': 'revoke an account',
  'accounts.completeAuth': 'redeem a session of the verifier',
  'authConfigs.list': 'list auth configs',
  'authConfigs.retrieve': 'read an auth config',
  'authConfigs.create': 'create an auth config',
  'authConfigs.updateStatus': 'enable or disable an auth config',
  'toolkits.list': 'list toolkits',
  'toolkits.categories': 'list categories',
  'toolkits.retrieve': 'read a toolkit',
  'project.config': 'read the project',
  'hosted.link': 'open a link',
  'hosted.submit': 'send the form of a link',
  'hosted.oauthCallback': 'return from the provider',
};

const KINDS: Readonly<Record<FailureKind, string>> = {
  rate_limited: '429, too many requests',
  server_error: '500, internal error',
  conflict: '409, conflict',
  forbidden: '403, a key without the permission',
  html: '502 with a web page',
  truncated: '200 with half a document',
  hang: 'no response',
  reset: 'the connection is cut',
};

/** Returns whether a posted text is a route that can fail. */
export function isRoute(text: unknown): text is RouteName | '*' {
  return typeof text === 'string' && Object.hasOwn(ROUTES, text);
}

/** Returns whether a posted text is a kind of failure. */
export function isFailureKind(text: unknown): text is FailureKind {
  return typeof text === 'string' && Object.hasOwn(KINDS, text);
}

/** Renders the page with what is set now. */
export function knobsPage(parts: DeskParts): Page {
  const { emulator, provider } = parts;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Local Composio</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/desk.css" />
      </head>
      <body>
        <main>
          <h1>Local Composio</h1>
          <p>Everything here is kept in memory and ends with the command.</p>
          <pre>COMPOSIO_BASE_URL=${emulator.origin}
COMPOSIO_API_KEY=${emulator.apiKey}</pre>
          <p>The provider at ${provider.origin} signs in octocat and hubot without a password.</p>
          ${knobsForm(parts)} ${failuresSection(parts)} ${accountsSection(parts)} ${authConfigsSection(parts)}
          ${clockSection()}
        </main>
      </body>
    </html>`;
}

function knobsForm(parts: DeskParts): Page {
  return html`<form method="post" action="/knobs">
    ${Object.entries(KNOB_SECTIONS).map(
      ([title, fields]) => html`<fieldset>
        <legend>${title}</legend>
        ${Object.entries(fields).map(([name, field]) => control(name, field, field.read(parts)))}
      </fieldset>`,
    )}
    <div class="buttons">
      <button class="primary">Apply</button>
      <button formaction="/reset">Reset all</button>
    </div>
  </form>`;
}

function control(name: string, { label, hint, kind }: KnobField, text: string): Page {
  const words = html`<span>${label}${hint === undefined ? '' : html`<small>${hint}</small>`}</span>`;
  if (kind === 'flag') {
    return html`<label>${words}<input type="checkbox" name="${name}" ${text === 'on' ? 'checked' : ''} /></label>`;
  }
  if (typeof kind === 'object') {
    const options = kind.choice.map((one) => option(one, one === '' ? 'off' : one, one === text));
    return html`<label>${words}<select name="${name}">${options}</select></label>`;
  }
  const type = kind === 'number' ? html`type="number" min="0" step="100"` : html`type="text"`;
  return html`<label>${words}<input ${type} name="${name}" value="${text}" /></label>`;
}

function option(value: string, words: string, isSelected = false): Page {
  return html`<option value="${value}" ${isSelected ? 'selected' : ''}>${words}</option>`;
}

function failuresSection({ emulator }: DeskParts): Page {
  const planned = emulator.knobs.failures.filter(({ times }) => times !== 0);
  return html`<section>
    <h2>Failures</h2>
    ${
      planned.length === 0
        ? html`<p>None is planned.</p>`
        : html`<ul>
            ${planned.map(({ route, kind, times }) => html`<li>${ROUTES[route]}: ${KINDS[kind]}, ${times === undefined ? 'always' : `${times} more`}</li>`)}
          </ul>`
    }
    <form method="post" action="/failures">
      <label><span>What fails</span><select name="route">${Object.entries(ROUTES).map(([route, words]) => option(route, words))}</select></label>
      <label><span>How</span><select name="kind">${Object.entries(KINDS).map(([kind, words]) => option(kind, words))}</select></label>
      <label><span>How often<small>Empty: until you end it.</small></span><input type="number" name="times" min="1" value="1" /></label>
      <div class="buttons">
        <button class="primary">Plan it</button>
        <button formaction="/failures/end">End all</button>
      </div>
    </form>
  </section>`;
}

function accountsSection({ emulator }: DeskParts): Page {
  const accounts = emulator.accounts.all();
  return html`<section>
    <h2>Connected accounts</h2>
    ${accounts.length === 0 ? html`<p>None yet.</p>` : ''}
    ${accounts.map(
      ({ id, userId, authConfigId, status }) => html`<form method="post" action="/accounts/${id}" class="row">
        <span><code>${id}</code><small>${userId}, ${authConfigId}</small></span>
        <span>${status}</span>
        <button name="action" value="EXPIRED">Expire</button>
        <button name="action" value="REVOKED">Revoke</button>
        <button name="action" value="delete">Delete</button>
      </form>`,
    )}
    <form method="post" action="/samples">
      <label><span>Add 45 accounts in every status for the user</span><input name="userId" required placeholder="user_123" /></label>
      <div class="buttons"><button>Add</button></div>
    </form>
  </section>`;
}

function authConfigsSection({ emulator }: DeskParts): Page {
  return html`<section>
    <h2>Auth configs</h2>
    ${[...emulator.authConfigs.values()].map(
      ({ id, authScheme, status }) => html`<form method="post" action="/auth-configs/${id}" class="row">
        <span><code>${id}</code><small>${authScheme}</small></span>
        <span>${status}</span>
        <button>${status === 'ENABLED' ? 'Disable' : 'Enable'}</button>
      </form>`,
    )}
  </section>`;
}

function clockSection(): Page {
  return html`<section>
    <h2>Clock</h2>
    <p>Moves only Composio. Links live ten minutes.</p>
    <form method="post" action="/clock" class="buttons">
      <button name="minutes" value="1">1 minute later</button>
      <button name="minutes" value="10">10 minutes later</button>
    </form>
  </section>`;
}
