import { html } from 'hono/html';
import type { Appearance } from './appearance.js';
import { DEMO_USERS, type DemoUser } from './demo-users.js';
import type { Integration } from './load-integrations.js';
import { avatar, documentPage, type Markup, settingsShell, type Visit } from './page-layout.js';

/** The main page: one row per app, each with a `<connect-account>`. */
export function integrationsPage(visit: Visit, integrations: readonly Integration[]): Markup {
  const content = html`
    <main>
      <h1>Integrations</h1>
      <p class="lead">Connect the tools you work with. Fieldnote acts in your name and never sees a password.</p>
      <section class="card" aria-labelledby="apps">
        <h2 id="apps">Apps</h2>
        <ul class="integrations">
          ${integrations.map((integration) => integrationRow(visit.user, integration))}
        </ul>
      </section>
    </main>
    ${eventLog()}
  `;
  return documentPage('Integrations', visit.look, settingsShell(visit, content));
}

/** The page of all connected accounts. Where Composio is emulated, a button expires an account upstream. */
export function accountsPage(visit: Visit): Markup {
  const { user, look, isEmulated } = visit;
  const content = html`
    <main>
      <h1>Connected accounts</h1>
      <p class="lead">Everything that Fieldnote may use in your name. Reconnect what has expired and disconnect what you do not need.</p>
      <connected-accounts-list user-id="${user.id}" searchable>
        ${
          isEmulated
            ? html`<p slot="header" class="upstream">
                <button type="button" class="outlined" id="expire-account">Expire one upstream</button>
                As if a provider had ended its access meanwhile: the list sees it when it looks again.
              </p>`
            : ''
        }
      </connected-accounts-list>
    </main>
    ${eventLog()}
  `;
  return documentPage('Connected accounts', look, settingsShell(visit, content, 'accounts'));
}

/** The panel of events, which `client/log-events` fills. */
export function eventLog(): Markup {
  return html`<aside class="card events" aria-labelledby="events">
    <h2 id="events">Events</h2>
    <button type="button" class="plain" id="clear-events">Clear</button>
    <p class="empty">Events from the elements appear here.</p>
    <ol id="event-log" tabindex="0" aria-labelledby="events"></ol>
  </aside>`;
}

/** A placeholder for the settings that the demo leaves out. */
export function emptySettingsPage(visit: Visit, title: string): Markup {
  const content = html`<main>
    <h1>${title}</h1>
    <p class="lead">There is nothing to set here. The demo is about <a href="/settings/integrations">integrations</a>.</p>
  </main>`;
  return documentPage(title, visit.look, settingsShell(visit, content));
}

/** One button for each user. A password would prove nothing here. */
export function signInPage(look: Appearance): Markup {
  const body = html`<main class="sign-in card">
    <h1>Sign in to Fieldnote</h1>
    <p class="lead">Each user sees only their own accounts.</p>
    <form method="post" action="/session">
      ${DEMO_USERS.map(
        (user) => html`<button name="user" value="${user.id}">
          ${avatar(user)}<span><strong>${user.name}</strong><small>${user.email}</small></span>
        </button>`,
      )}
    </form>
  </main>`;
  return documentPage('Sign in', look, body);
}

function integrationRow(user: DemoUser, { authConfigId, name, description, logo }: Integration): Markup {
  return html`<li>
    ${logo === undefined ? html`<span class="logo"></span>` : html`<img class="logo" src="${logo}" alt="" width="28" height="28" referrerpolicy="no-referrer" />`}
    <div class="app">
      <h3>${name}</h3>
      <p>${description}</p>
    </div>
    <connect-account user-id="${user.id}" auth-config-id="${authConfigId}" label="Connect"></connect-account>
  </li>`;
}
