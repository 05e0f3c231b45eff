import { html, raw } from 'hono/html';
import type { Integration } from '../load-integrations.js';
import { documentPage, type Markup, topBar, type Visit, withCode } from '../page-layout.js';
import { eventLog } from '../pages.js';
import { type Control, controlsOf, TAGS, type Tag } from './controls.js';

const FRAMEWORKS = ['HTML', 'React', 'Vue', 'Svelte'] as const;

const SECTIONS = { attribute: 'Attributes', property: 'Properties', slot: 'Slots' } as const;

/** The element, its controls, and the code that makes it. `client/playground` gives them life. */
export function playgroundPage(visit: Visit, tag: Tag, integrations: readonly Integration[]): Markup {
  const controls = controlsOf(tag);
  const values = { 'user-id': visit.user.id, 'auth-config-id': integrations[0]?.authConfigId ?? '' };
  const body = html`${topBar(visit, '/playground')}
    <div class="playground">
      <form class="card controls" id="controls" autocomplete="off" aria-label="Attributes, properties and slots">
        <nav class="tabs" aria-label="Element">
          ${TAGS.map(
            (one) =>
              html`<a href="/playground?element=${one}" ${one === tag ? raw('aria-current="page"') : ''}>${one}</a>`,
          )}
        </nav>
        ${Object.entries(SECTIONS).map(
          ([target, title]) => html`<fieldset>
            <legend>${title}</legend>
            ${controls.filter((one) => one.target === target).map((one) => field(one, values, integrations))}
          </fieldset>`,
        )}
        <div class="buttons"><button type="reset" class="outlined">Reset</button></div>
      </form>
      <main>
        <h1 class="visually-hidden">Playground</h1>
        <section class="card" aria-labelledby="preview">
          <h2 id="preview">&lt;${tag}&gt; <output class="phase" id="phase"></output></h2>
          <div class="preview" id="stage" data-tag="${tag}"></div>
        </section>
        ${snippetCard()}
      </main>
      ${eventLog()}
    </div>`;
  return documentPage('Playground', visit.look, body, { styles: ['controls', 'playground'], script: 'playground' });
}

function snippetCard(): Markup {
  return html`<section class="card snippet" aria-labelledby="snippet-title">
    <h2 class="visually-hidden" id="snippet-title">Code</h2>
    <div class="snippet-bar">
      <fieldset class="segments">
        <legend class="visually-hidden">Framework</legend>
        ${FRAMEWORKS.map(
          (name, index) =>
            html`<label
              ><input type="radio" name="framework" value="${name}" ${index === 0 ? 'checked' : ''} /><span>${name}</span></label
            >`,
        )}
      </fieldset>
      <button type="button" class="outlined" id="copy" data-copies="snippet">Copy</button>
    </div>
    <pre tabindex="0" aria-label="Code"><code id="snippet"></code></pre>
  </section>`;
}

type Values = Readonly<Record<string, string>>;

function field(control: Control, values: Values, integrations: readonly Integration[]): Markup {
  const { name, target, kind, description, usual } = control;
  const id = `${target}-${name}`;
  const described = html`<p class="hint" id="${id}-hint">${withCode(description)}</p>`;
  const data = raw(`data-target="${target}" data-kind="${kind}" data-property="${control.property}"`);
  const common = html`id="${id}" name="${name}" aria-describedby="${id}-hint" data-usual="${usual}" ${data}`;
  if (kind === 'flag' || kind === 'token') {
    return html`<div class="field flag"><input type="checkbox" ${common} /><label for="${id}">${name}</label>${described}</div>`;
  }
  return html`<div class="field">
    <label for="${id}">${name}</label>${described}${input(control, common, values, integrations)}
  </div>`;
}

function input(
  { name, target, kind, choices, usual }: Control,
  common: Markup,
  values: Values,
  integrations: readonly Integration[],
): Markup {
  if (kind === 'choice') {
    return html`<select ${common}>
      ${choices.map((choice) => html`<option ${choice === usual ? 'selected' : ''}>${choice}</option>`)}
    </select>`;
  }
  if (kind === 'json') return html`<textarea ${common} rows="2" spellcheck="false" placeholder="{ }"></textarea>`;
  if (kind === 'number') return html`<input type="number" min="1" ${common} value="${usual}" />`;
  const isConfig = target === 'attribute' && name === 'auth-config-id';
  const list = isConfig
    ? html`<datalist id="auth-configs">
        ${integrations.map((one) => html`<option value="${one.authConfigId}">${one.name}</option>`)}
      </datalist>`
    : '';
  const value = target === 'attribute' ? (values[name] ?? usual) : usual;
  return html`<input type="text" ${common} value="${value}" ${isConfig ? raw('list="auth-configs"') : ''} />${list}`;
}
