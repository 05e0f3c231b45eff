import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import MiniSearch from 'minisearch';
import { allDocuments, readNavigation, resolveLink, type SiteDocument } from './documents.js';
import { type RenderedDocument, renderMarkdown } from './render-markdown.js';
import { SEARCH_OPTIONS, type SearchEntry } from './search-options.js';
import { type PageSurroundings, sitePage } from './site-page.js';

/** Files by their paths below the root of the site. */
export type SiteFiles = ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>;

/** Files that pages use, by their names there. */
const ASSETS = {
  'base.css': 'demo/app/styles/base.css',
  'docs.css': 'demo/docs-site/docs.css',
  'favicon.svg': 'demo/app/favicon.svg',
} as const;

/**
 * Makes the whole site: a page for each document, its Markdown beside it, the index of the search, scripts and styles.
 * @throws Error when a link of a document leads to nothing.
 */
export async function buildSite({ home }: Pick<PageSurroundings, 'home'> = {}): Promise<SiteFiles> {
  const navigation = readNavigation();
  const documents = allDocuments(navigation);
  const files = new Map<string, string | Uint8Array<ArrayBuffer>>();
  const entries: SearchEntry[] = [];
  for (const document of documents) {
    const markdown = readFileSync(document.source, 'utf8');
    const follow = (ending: '.html' | '.md') => (link: string) => {
      const { href, file } = resolveLink(document, link, documents, ending);
      if (file !== undefined) files.set(`files/${file}`, new Uint8Array(readFileSync(file)));
      return href;
    };
    const content = renderMarkdown(markdown, follow('.html'));
    files.set(`${document.name}.html`, await sitePage(document, content, { navigation, home }));
    files.set(`${document.name}.md`, withLinks(markdown, follow('.md')));
    entries.push(...searchEntries(document, content));
  }
  files.set('llms.txt', textForModels(documents));
  files.set('search.json', searchIndex(entries));
  for (const [name, source] of Object.entries(ASSETS)) files.set(name, readFileSync(source, 'utf8'));
  files.set('docs.js', await bundle('docs', 'esm'));
  files.set('theme.js', await bundle('theme', 'iife'));
  return files;
}

function textForModels(documents: readonly SiteDocument[]): string {
  const source = 'demo/docs/llms.txt';
  const own = { source, name: 'llms', title: '' };
  return withLinks(readFileSync(source, 'utf8'), (link) => resolveLink(own, link, documents, '.md').href);
}

/** Returns Markdown whose links, outside of code, are replaced. */
function withLinks(markdown: string, follow: (link: string) => string): string {
  return markdown
    .split(/(^ *```[\s\S]*?^ *```$)/m)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/(\]\()([^)\s]+)(?=\))/g, (_, open, link) => open + follow(link)),
    )
    .join('');
}

function searchEntries({ name, title }: SiteDocument, { sections }: RenderedDocument): SearchEntry[] {
  return sections.map(({ anchor, heading, text }) => ({
    id: anchor === '' ? `${name}.html` : `${name}.html#${anchor}`,
    page: title,
    heading,
    text: text.replace(/\s+/g, ' ').trim(),
  }));
}

function searchIndex(entries: readonly SearchEntry[]): string {
  const index = new MiniSearch<SearchEntry>(SEARCH_OPTIONS);
  index.addAll(entries);
  return JSON.stringify(index);
}

/** Returns a script of `client/` in one file, with the library for the search. */
async function bundle(name: string, format: 'esm' | 'iife'): Promise<string> {
  const entry = fileURLToPath(new URL(`client/${name}.js`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    legalComments: 'inline',
  });
  return outputFiles[0]?.text ?? '';
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** Returns the media type of a file of the site. Files that are no part of a page are shown as text. */
export const typeOf = (path: string): string => TYPES[extname(path)] ?? 'text/plain; charset=utf-8';
