import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { build } from 'vite';
import { authConfig } from '../support/memory-client.js';

export type Kind = 'connect-account' | 'empty-element' | 'only-drawn';

/** The content of a ready element, and its style sheets. */
export interface Drawing {
  readonly markup: string;
  readonly sheets: readonly string[];
}

function pageOf(kind: Kind, count: number): string {
  const element = (index: number) => `<p><${kind} user-id="user_1" auth-config-id="ac_${index}"></${kind}></p>`;
  return `<!doctype html><html lang="en"><title>Benchmark</title><script type="module" src="/${kind}.js"></script>
<script type="module" src="/bench/elements-page.js"></script>${Array.from({ length: count }, (_, index) => element(index)).join('')}`;
}

/** Returns the code of the empty element with Lit, in one file as the package is. */
export async function bundleEmptyElement(): Promise<string> {
  const entry = fileURLToPath(new URL('empty-element.js', import.meta.url));
  const lib = { entry, formats: ['es' as const] };
  const built = await build({ configFile: false, logLevel: 'warn', build: { lib, write: false } });
  const [bundle] = Array.isArray(built) ? built : [];
  const [chunk] = bundle?.output ?? [];
  if (!chunk) throw new Error('Vite has built nothing.');
  return chunk.code;
}

/** Returns the code of an element that shows a drawing and does nothing: what is left without our code and without Lit. */
export function elementOfDrawing({ markup, sheets }: Drawing): string {
  return `const content = document.createElement('template');
content.innerHTML = ${JSON.stringify(markup)};
const sheets = ${JSON.stringify(sheets)}.map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
});
customElements.define('only-drawn', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sheets;
    root.append(content.content.cloneNode(true));
  }
});`;
}

/**
 * Serves the pages, and a backend that returns at once.
 * @param onRequest called for each request to the backend
 * @param onlyDrawn returns the code of the element that only shows a drawing
 */
export function createElementsApp(emptyElement: string, onRequest: () => void, onlyDrawn = () => ''): Hono {
  const app = new Hono();
  const script = (code: string) => new Response(code, { headers: { 'content-type': 'text/javascript' } });
  app.get('/pages/:kind/:count', ({ req, html }) =>
    html(pageOf(req.param('kind') as Kind, Number(req.param('count')))),
  );
  app.get('/connect-account.js', () => script(readFileSync('dist/connect-account.min.js', 'utf8')));
  app.get('/empty-element.js', () => script(emptyElement));
  app.get('/only-drawn.js', () => script(onlyDrawn()));
  app.get('/bench/:name', ({ req }) => script(readFileSync(new URL(req.param('name'), import.meta.url), 'utf8')));
  app.get('/api/connect/*', (_context, next) => {
    onRequest();
    return next();
  });
  app.get('/api/connect/auth-configs', ({ req, json }) => {
    const ids = req.query('ids')?.split(',') ?? [];
    return json({ items: ids.map((id) => authConfig({ id })) });
  });
  app.get('/api/connect/connected-accounts', ({ json }) => json({ items: [], nextCursor: null, totalPages: 0 }));
  return app;
}
