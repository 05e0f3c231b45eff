import { html, raw } from 'hono/html';
import type { NavigationSection, SiteDocument } from './documents.js';
import type { Heading, RenderedDocument } from './render-markdown.js';

/** What a page needs beside its own content. */
export interface PageSurroundings {
  readonly navigation: readonly NavigationSection[];
  /** The app that serves the site, as a link in the header. */
  readonly home?: { readonly href: string; readonly title: string } | undefined;
}

/** Returns the document of a page. All its links are relative, so that the site works under any path. */
export async function sitePage(
  document: SiteDocument,
  content: RenderedDocument,
  surroundings: PageSurroundings,
): Promise<string> {
  const title = document.name === 'index' ? 'connect-account' : `${document.title} · connect-account`;
  return String(
    await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="favicon.svg">
    <link rel="stylesheet" href="base.css">
    <link rel="stylesheet" href="docs.css">
    <script src="theme.js"></script>
    <script type="module" src="docs.js"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    ${header(surroundings)}
    <div class="columns">
      <nav class="pages" aria-label="Documentation">
        <details open>
          <summary>All pages</summary>
          ${surroundings.navigation.map((section) => navigationSection(section, document))}
        </details>
      </nav>
      <main id="content" tabindex="-1">
        ${raw(content.html)}
        ${neighbours(document, surroundings.navigation)}
      </main>
      ${tableOfContents(content.headings)}
    </div>
  </body>
</html>
`,
  );
}

function header({ home }: PageSurroundings) {
  return html`<header class="top">
      <a class="brand" href="index.html"><img src="favicon.svg" alt="" width="22" height="22">connect-account</a>
      <search class="search">
        <input type="search" role="combobox" placeholder="Search" aria-label="Search the documentation" autocomplete="off"
          spellcheck="false" aria-expanded="false" aria-controls="results" aria-autocomplete="list">
        <kbd aria-hidden="true">/</kbd>
        <div class="found" hidden>
          <ul id="results" role="listbox" aria-label="Results"></ul>
          <p class="none" hidden></p>
        </div>
        <p class="visually-hidden" role="status"></p>
      </search>
      <fieldset class="themes">
        <legend class="visually-hidden">Theme</legend>
        ${['system', 'light', 'dark'].map(
          (theme) => html`<label><input type="radio" name="theme" value="${theme}"><span>${theme}</span></label>`,
        )}
      </fieldset>
      ${home && html`<a class="home" href="${home.href}">${home.title}</a>`}
    </header>`;
}

function navigationSection({ title, documents }: NavigationSection, current: SiteDocument) {
  return html`<h2>${title}</h2>
          <ul>
            ${documents.map(
              ({ name, title: text }) =>
                html`<li><a href="${name}.html" ${name === current.name ? raw('aria-current="page"') : ''}>${text}</a></li>`,
            )}
          </ul>`;
}

const MIN_HEADINGS = 2;
/** A page with fewer chapters shows their parts too. */
const FEW_CHAPTERS = 4;

function tableOfContents(headings: readonly Heading[]) {
  const chapters = headings.filter(({ depth }) => depth === 2);
  const shown = chapters.length < FEW_CHAPTERS ? headings.filter(({ depth }) => depth <= 3) : chapters;
  if (shown.length < MIN_HEADINGS) return '';
  return html`<nav class="contents" aria-labelledby="on-this-page">
        <h2 id="on-this-page">On this page</h2>
        <ul>
          ${shown.map(({ depth, anchor, text }) => html`<li class="depth-${depth}"><a href="#${anchor}">${text}</a></li>`)}
        </ul>
      </nav>`;
}

function neighbours(document: SiteDocument, navigation: readonly NavigationSection[]) {
  const order = navigation.flatMap(({ documents }) => documents);
  const at = order.findIndex(({ name }) => name === document.name);
  const before = at > 0 ? order[at - 1] : undefined;
  const after = order[at + 1];
  return html`<nav class="neighbours" aria-label="Neighbours">
          ${before && html`<a rel="prev" href="${before.name}.html"><small>Before</small>${before.title}</a>`}
          ${after && html`<a rel="next" href="${after.name}.html"><small>Next</small>${after.title}</a>`}
        </nav>`;
}
