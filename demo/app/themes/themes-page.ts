import { html, raw } from 'hono/html';
import { documentPage, type Markup, topBar, type Visit, withCode } from '../page-layout.js';
import { DESIGN_SYSTEMS, SYSTEM_NAMES, type SystemName } from './design-systems.js';
import { type ThemeControl, themeSections } from './theme-controls.js';

/** What the page shows, and for whom. */
export interface ThemesView {
  readonly visit: Visit;
  readonly userId: string;
  readonly endpoint: string;
  /** The preset that the controls begin with. */
  readonly preset: SystemName | undefined;
}

/** The builder: the controls, both elements in light and dark, the CSS, and the design system of the preset. */
export function themesPage(view: ThemesView): Markup {
  const body = html`${topBar(view.visit, '/themes')}
    <div class="themes">
      <form class="card controls" id="theme" autocomplete="off" aria-label="Custom properties">
        ${themeSections().map(
          ({ title, controls }, index) => html`<details ${index === 0 ? 'open' : ''}>
            <summary>${title}<span>${controls.length}</span></summary>
            <div class="fields">${controls.map(field)}</div>
          </details>`,
        )}
      </form>
      <main>
        <h1>Themes</h1>
        <p class="lead">
          Every custom property of both elements. Choose a preset or start from the defaults, change what you like, and copy
          the CSS.
        </p>
        ${presetBar(view.preset)}
        <div class="panes">${pane('light', view)}${pane('dark', view)}</div>
        ${cssCard()} ${view.preset === undefined ? '' : systemSection(view.preset)}
      </main>
    </div>`;
  return documentPage('Themes', view.visit.look, body, {
    styles: ['controls', 'playground', 'themes'],
    script: 'themes',
  });
}

function presetBar(preset: SystemName | undefined): Markup {
  const link = (name: SystemName | undefined, title: string): Markup => {
    const href = name === undefined ? '/themes' : `/themes?preset=${name}`;
    return html`<a href="${href}" ${name === preset ? raw('aria-current="true"') : ''}>${title}</a>`;
  };
  return html`<nav class="presets" aria-label="Presets" data-preset="${preset ?? ''}">
    ${link(undefined, 'Default')}${SYSTEM_NAMES.map((name) => link(name, DESIGN_SYSTEMS[name].title))}
  </nav>`;
}

function pane(scheme: string, { userId, endpoint }: ThemesView): Markup {
  const element = (authConfigId: string, more = '') =>
    html`<connect-account user-id="${userId}" endpoint="${endpoint}" auth-config-id="${authConfigId}" ${raw(more)}></connect-account>`;
  return html`<section class="pane" data-scheme="${scheme}" aria-label="${scheme}">
    <h2>${scheme === 'light' ? 'Light' : 'Dark'}</h2>
    <div class="samples">
      ${element('ac_notion', 'variant="primary"')} ${element('ac_notion')} ${element('ac_notion', 'variant="plain"')}
      ${element('ac_github')} ${element('ac_slack')} ${element('ac_firecrawl')} ${element('ac_unknown')}
    </div>
    <connected-accounts-list user-id="${userId}" endpoint="${endpoint}"></connected-accounts-list>
  </section>`;
}

function cssCard(): Markup {
  return html`<section class="card snippet" aria-labelledby="css-title">
    <div class="snippet-bar">
      <h2 id="css-title">CSS</h2>
      <div class="bar-buttons">
        <button type="reset" form="theme" class="outlined">Reset</button>
        <button type="button" class="outlined" data-copies="css">Copy CSS</button>
      </div>
    </div>
    <pre tabindex="0" aria-label="CSS"><code id="css"></code></pre>
  </section>`;
}

function systemSection(name: SystemName): Markup {
  const { title } = DESIGN_SYSTEMS[name];
  return html`<section class="systems" aria-labelledby="system-title">
    <h2 id="system-title">In a page of ${title}</h2>
    <p class="lead">
      Its own button, and ours with <code>dist/themes/${name}.css</code>, in a page that loads ${title} itself.
    </p>
    <div class="frames">
      ${(['light', 'dark'] as const).map(
        (scheme) =>
          html`<iframe title="${title}, ${scheme}" src="/themes/systems/${name}?scheme=${scheme}" loading="lazy"></iframe>`,
      )}
    </div>
  </section>`;
}

function field({ name, description, usual, isColor }: ThemeControl): Markup {
  const short = name.replace('--connect-account-', '');
  const hint = html`<p class="hint" id="hint-${short}">${withCode(description)}</p>`;
  const text = html`<input
    type="text"
    id="${name}"
    name="${name}"
    placeholder="${usual}"
    aria-describedby="hint-${short}"
    spellcheck="false"
  />`;
  if (!isColor) return html`<div class="field"><label for="${name}">${short}</label>${hint}${text}</div>`;
  return html`<div class="field color">
    <label for="${name}">${short}</label>${hint}
    <div class="color-row">
      <input type="color" data-scheme="light" data-for="${name}" aria-label="${short}, light" />
      <input type="color" data-scheme="dark" data-for="${name}" aria-label="${short}, dark" />
      ${text}
    </div>
  </div>`;
}
