import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Appearance } from './appearance.js';
import { DEMO_USERS, type DemoUser } from './demo-users.js';

/** Escaped markup. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Allows no inline script or style and nothing from other origins but logos. The elements need no exception. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' https:",
  'connect-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lit-html',
};

/** Returns the policy of a page. @param different directives that a page sets in place of the usual ones, or beside them */
export function contentSecurityPolicy(different: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...POLICY, ...different })
    .map((directive) => directive.join(' '))
    .join('; ');
}

const SETTINGS_PAGES = [
  ['general', 'General'],
  ['members', 'Members'],
  ['integrations', 'Integrations'],
  ['accounts', 'Connected accounts'],
  ['billing', 'Billing'],
] as const;

export type SettingsPage = (typeof SETTINGS_PAGES)[number][0];

/** The pages of the demo beside the settings. Those that need emulated services are not there with the real Composio. */
const PLACES = [
  { path: '/settings/integrations', name: 'Settings', isEmulated: false },
  { path: '/playground', name: 'Playground', isEmulated: false },
  { path: '/failures', name: 'Failures', isEmulated: true },
  { path: '/themes', name: 'Themes', isEmulated: true },
  { path: '/languages', name: 'Languages', isEmulated: true },
  { path: '/docs/', name: 'Docs', isEmulated: false },
] as const;

export type Place = (typeof PLACES)[number]['path'];

const STYLE_SHEETS = ['base', 'header', 'settings', 'event-log', 'sign-in'];

/** Names, in `styles/` and `client/`, of what a page loads beside the usual files. */
export interface PageFiles {
  readonly styles?: readonly string[];
  readonly script?: string;
}

/** The person at the page, and what the demo has for them. */
export interface Visit {
  readonly user: DemoUser;
  readonly look: Appearance;
  /** Whether Composio is emulated. */
  readonly isEmulated: boolean;
}

/** A whole document. */
export function documentPage(
  title: string,
  { theme, direction }: Appearance,
  body: Markup,
  { styles = [], script }: PageFiles = {},
): Markup {
  return html`<!doctype html>
    <html lang="en" dir="${direction}" data-theme="${theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Fieldnote</title>
        <link rel="icon" href="/favicon.svg" />
        ${[...STYLE_SHEETS, ...styles].map((name) => html`<link rel="stylesheet" href="/styles/${name}.css" />`)}
        <link rel="modulepreload" href="/connect-account/cdn/main.js" />
        ${script === undefined ? '' : html`<script type="module" src="/client/${script}.js"></script>`}
        <script type="module" src="/connect-account/cdn/connect-account.js"></script>
        <script type="module" src="/client/main.js"></script>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** Header, side navigation and the content of a settings page. */
export function settingsShell(visit: Visit, content: Markup, current: SettingsPage = 'integrations'): Markup {
  return html`
    ${topBar(visit, '/settings/integrations')}
    <div class="shell">
      <nav class="side" aria-label="Settings">
        ${SETTINGS_PAGES.map(
          ([page, name]) =>
            html`<a href="/settings/${page}" ${page === current ? raw('aria-current="page"') : ''}>${name}</a>`,
        )}
      </nav>
      ${content}
    </div>
  `;
}

/** Brand, navigation, appearance and user, at the top of each page. */
export function topBar({ user, look: { theme, direction }, isEmulated }: Visit, current: Place): Markup {
  const places = PLACES.filter((place) => isEmulated || !place.isEmulated);
  return html`<header class="top">
    <a class="brand" href="/settings/integrations"><img src="/favicon.svg" alt="" width="22" height="22" /><span>Fieldnote</span></a>
    <nav class="places" aria-label="Demo">
      ${places.map(
        ({ path, name }) => html`<a href="${path}" ${path === current ? raw('aria-current="true"') : ''}>${name}</a>`,
      )}
    </nav>
    <fieldset class="segments">
      <legend class="visually-hidden">Theme</legend>
      ${(['system', 'light', 'dark'] as const).map(
        (choice) => html`<label
          ><input type="radio" name="theme" value="${choice}" ${choice === theme ? 'checked' : ''} /><span
            >${choice}</span
          ></label
        >`,
      )}
    </fieldset>
    <label class="switch"
      ><input type="checkbox" name="direction" ${direction === 'rtl' ? 'checked' : ''} /><span>RTL</span></label
    >
    ${userMenu(user)}
  </header>`;
}

/** Shows as code what stands between backticks. */
export function withCode(text: string): Markup {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

function userMenu(user: DemoUser): Markup {
  return html`<button class="user" popovertarget="user-menu">
      ${avatar(user)}<span class="visually-hidden">Signed in as </span><span class="user-name">${user.name}</span>
    </button>
    <div class="user-menu" id="user-menu" popover>
      <p>Signed in as <strong>${user.email}</strong></p>
      <form method="post" action="/session">
        ${DEMO_USERS.filter(({ id }) => id !== user.id).map(
          (other) => html`<button name="user" value="${other.id}">${avatar(other)}Switch to ${other.name}</button>`,
        )}
        <button formaction="/session/end">Sign out</button>
      </form>
    </div>`;
}

/** Initial of a name in a disc. */
export function avatar({ id, name }: DemoUser): Markup {
  return html`<span class="avatar" data-user="${id}" aria-hidden="true">${name[0]}</span>`;
}
