import { html, raw } from 'hono/html';
import { documentPage, type Markup, topBar, type Visit } from '../page-layout.js';
import { LANGUAGES, type Language, SHOW_GROUPS, type Show } from './language-shows.js';

/** What the page shows, and for whom. */
export interface LanguagesView {
  readonly visit: Visit;
  readonly name: string;
  readonly show: Show;
  readonly userId: string;
  readonly endpoint: string;
}

/** All languages side by side, each with its own `lang` and `dir`. */
export function languagesPage(view: LanguagesView): Markup {
  const body = html`${topBar(view.visit, '/languages')}
    <main class="languages">
      <h1>Languages</h1>
      <p class="lead">
        ${LANGUAGES.length} languages, chosen by the nearest <code>lang</code>. Each button is real: its window and the page
        that the window ends on speak its language too.
      </p>
      <form class="show" method="get">
        <label for="show">Show</label>
        <select id="show" name="show">
          ${Object.entries(SHOW_GROUPS).map(
            ([group, shows]) => html`<optgroup label="${group}">
              ${Object.entries(shows).map(
                ([name, { title }]) =>
                  html`<option value="${name}" ${name === view.name ? 'selected' : ''}>${title}</option>`,
              )}
            </optgroup>`,
          )}
        </select>
        <button class="outlined">Show</button>
        <button class="outlined" formaction="/languages/again" formmethod="post">Start over</button>
      </form>
      <ul class="language-grid ${view.show.tag === undefined ? '' : 'wide'}">
        ${LANGUAGES.map((language) => card(language, view))}
      </ul>
    </main>`;
  return documentPage('Languages', view.visit.look, body, { styles: ['languages'], script: 'languages' });
}

function card({ tag, name, direction }: Language, view: LanguagesView): Markup {
  return html`<li class="card">
    <h2><span lang="${tag}" dir="${direction}">${name}</span><code>${tag}</code></h2>
    <div class="sample" lang="${tag}" dir="${direction}">${element(view)}</div>
  </li>`;
}

function element({ show, userId, endpoint }: LanguagesView): Markup {
  if (show.tag !== undefined) {
    return html`<connected-accounts-list user-id="${userId}" endpoint="${endpoint}"></connected-accounts-list>`;
  }
  const base = show.refusal === undefined ? endpoint : `/languages/refusing/${show.refusal}`;
  const more = show.connects === undefined ? '' : raw(`data-connect mode="${show.connects}"`);
  return html`<connect-account
    user-id="${userId}"
    auth-config-id="${show.authConfigId ?? ''}"
    endpoint="${base}"
    ${more}
  ></connect-account>`;
}
