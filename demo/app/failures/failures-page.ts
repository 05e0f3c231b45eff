import { html, raw } from 'hono/html';
import { documentPage, type Markup, topBar, type Visit, withCode } from '../page-layout.js';
import { eventLog } from '../pages.js';
import { attributesOf } from './failing-backends.js';
import { FAILURE_CASES, FAILURE_GROUPS, type FailureCase, type FailureId } from './failure-cases.js';

/** The list of failures, and the stage on which one of them happens. @param userId the visitor of this page */
export function failuresPage(visit: Visit, id: FailureId, userId: string): Markup {
  const body = html`${topBar(visit, '/failures')}
    <div class="failures">
      <nav class="card failure-list" aria-label="Failures">
        ${Object.entries(FAILURE_GROUPS).map(
          ([title, cases]) => html`<h2>${title}</h2>
            <ul>
              ${Object.entries(cases).map(
                ([name, { title }]) =>
                  html`<li><a href="/failures/${name}" ${name === id ? raw('aria-current="page"') : ''}>${title}</a></li>`,
              )}
            </ul>`,
        )}
      </nav>
      ${stage(id, userId)} ${eventLog()}
    </div>`;
  const title = FAILURE_CASES[id].title;
  return documentPage(`${title} · Failures`, visit.look, body, { styles: ['failures'], script: 'failures' });
}

function stage(id: FailureId, userId: string): Markup {
  const { title, steps, happens, developer, prints, phase, code }: FailureCase = FAILURE_CASES[id];
  return html`<main>
    <h1>${title}</h1>
    <p class="lead">${withCode(steps)}</p>
    <div class="card stage">
      <connect-account ${attributes(attributesOf(id, userId))}></connect-account>
      <dl class="reading">
        <div><dt>Phase</dt><dd id="phase">loading</dd></div>
        <div><dt>Code</dt><dd id="code">none</dd></div>
      </dl>
    </div>
    <form class="stage-actions" method="post" action="/failures/${id}/again">
      ${id === 'popup-blocked' ? html`<button class="outlined" name="then" value="connect">Connect on load</button>` : ''}
      <button class="outlined">Start over</button>
    </form>
    <dl class="outcome">
      <dt>What happens</dt>
      <dd>${withCode(happens)}</dd>
      <dt>What the developer sees</dt>
      <dd>${withCode(developer)}${prints === undefined ? '' : html`<span class="prints">The console says: <q>${withCode(prints)}</q></span>`}</dd>
      <dt>How it ends</dt>
      <dd>Phase <code>${phase}</code>, ${code === undefined ? 'no error' : html`code <code>${code}</code>`}.</dd>
    </dl>
    <section class="card console" aria-labelledby="console-title">
      <h2 id="console-title">Console</h2>
      <p class="empty">What the elements print for the developer appears here.</p>
      <ol id="console"></ol>
    </section>
  </main>`;
}

function attributes(values: Readonly<Record<string, string>>): Markup[] {
  return Object.entries(values).map(([name, value]) => html`${raw(name)}="${value}" `);
}
