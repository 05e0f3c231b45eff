import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { before, describe, it } from 'node:test';
import MiniSearch from 'minisearch';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { buildSite, type SiteFiles, typeOf } from '../../demo/docs-site/build-site.js';
import { readNavigation, resolveLink } from '../../demo/docs-site/documents.js';
import { renderMarkdown } from '../../demo/docs-site/render-markdown.js';
import { SEARCH_OPTIONS } from '../../demo/docs-site/search-options.js';

type Element = DefaultTreeAdapterTypes.Element;

const elementsIn = (nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));

const parsed = new Map<string, Element[]>();

/** Returns the elements of a page. */
function elementsOf(html: string): Element[] {
  const known = parsed.get(html) ?? elementsIn(parse(html).childNodes);
  parsed.set(html, known);
  return known;
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

/** Returns the values of an attribute in a page. */
const valuesOf = (html: string, name: string): string[] =>
  elementsOf(html)
    .map((element) => attribute(element, name))
    .filter((value) => value !== undefined);

const isForeign = (link: string): boolean => /^(https?|mailto):/.test(link);

describe('the site of the documentation', () => {
  let files: SiteFiles;
  before(async () => {
    files = await buildSite();
  });

  const textOf = (path: string): string => {
    const content = files.get(path);
    assert.equal(typeof content, 'string', `the site has ${path}`);
    return content as string;
  };
  const pages = (): string[] => [...files.keys()].filter((path) => path.endsWith('.html'));

  /** Returns the problem of a link in a file, or undefined. */
  function linkProblem(from: string, link: string): string | undefined {
    if (isForeign(link)) return undefined;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? from : posix.join(posix.dirname(from), path);
    if (path.startsWith('/') || !files.has(target)) return `${from}: ${link} leads to nothing`;
    if (anchor === undefined || target.endsWith('.md')) return undefined;
    return valuesOf(textOf(target), 'id').includes(anchor) ? undefined : `${from}: ${link} leads to no heading`;
  }

  it('every link, picture, style and script of every page leads to a file and an anchor of the site', () => {
    const links = pages().flatMap((page) =>
      [...valuesOf(textOf(page), 'href'), ...valuesOf(textOf(page), 'src')].map((link) => linkProblem(page, link)),
    );
    assert.ok(links.length > 1000, `only ${links.length} links were found`);
    assert.deepEqual(
      links.filter((problem) => problem !== undefined),
      [],
    );
    assert.match(linkProblem('errors.html', 'events.html#nothing') ?? '', /no heading/);
    assert.match(linkProblem('errors.html', '/errors.html') ?? '', /nothing/);
  });

  it('the navigation has no heading without pages', () => {
    assert.ok(readNavigation().every(({ documents }) => documents.length > 0));
  });

  it('a reader who follows links from the first page reaches every page', () => {
    const reached = new Set(['index.html']);
    for (const page of reached) {
      for (const link of valuesOf(textOf(page), 'href')) {
        const target = link.split('#')[0] ?? '';
        if (!isForeign(link) && target.endsWith('.html')) reached.add(target);
      }
    }
    assert.deepEqual([...reached].sort(), pages().sort());
  });

  it('llms.txt leads to the text of every page, whose links lead on', () => {
    const links = (path: string): string[] =>
      [
        ...textOf(path)
          .replace(/^ *```[\s\S]*?^ *```$/gm, '')
          .matchAll(/\]\(([^)\s]+)\)/g),
      ].map(([, link = '']) => link);
    const texts = [...files.keys()].filter((path) => path.endsWith('.md'));
    for (const path of ['llms.txt', ...texts]) {
      assert.deepEqual(
        links(path).filter((link) => linkProblem(path, link) !== undefined),
        [],
        path,
      );
    }
    const [index] = readNavigation().slice(1);
    for (const { name } of index?.documents ?? []) assert.ok(links('llms.txt').includes(`${name}.md`), name);
  });

  it('no page has inline code, two equal ids, or a heading without an anchor', () => {
    for (const page of pages()) {
      const html = textOf(page);
      for (const { tagName, attrs, childNodes } of elementsOf(html)) {
        assert.ok(tagName !== 'style' && !attrs.some(({ name }) => /^on|^style$/.test(name)), `${page}: <${tagName}>`);
        if (tagName === 'script') assert.equal(childNodes.length, 0, page);
      }
      const ids = valuesOf(html, 'id');
      assert.equal(new Set(ids).size, ids.length, page);
    }
  });

  it('HTML in a document is shown as text, and a link that could run is refused', () => {
    const markdown = [
      '# <b>Title</b>',
      '<script>alert(1)</script> and <img src=x onerror=alert(1)>',
      '',
      '```html',
      '<script>alert(2)</script>',
      '```',
      '',
      '| a |',
      '| --- |',
      '| <i onclick="x">y</i> |',
      '',
      '[a](https://example.com/"onclick="x)',
    ].join('\n');
    const { html } = renderMarkdown(markdown, (link) => link);
    const tags = new Set(elementsOf(html).map(({ tagName }) => tagName));
    for (const tag of ['script', 'img', 'b', 'i']) assert.ok(!tags.has(tag), tag);
    assert.deepEqual(valuesOf(html, 'onclick'), []);
    const document = { source: 'demo/docs/errors.md', name: 'errors', title: 'Errors' };
    for (const link of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.example', '/etc']) {
      assert.throws(() => resolveLink(document, link, [document], '.html'), /relative link/, link);
    }
    assert.throws(() => resolveLink(document, 'nowhere.md', [document], '.html'), /is not a file/);
  });

  it('the search finds a part of a page by its words, by a name of code, and by the beginning of a word', () => {
    const index = MiniSearch.loadJSON(textOf('search.json'), SEARCH_OPTIONS);
    const first = (query: string) => index.search(query)[0]?.['id'];
    assert.equal(first('behind a proxy'), 'deployment.html#behind-a-proxy');
    assert.match(String(first('linksPerMinute')), /^(limits|handler-options)\.html/);
    assert.match(String(first('links per minute')), /^(limits|handler-options)\.html/);
    assert.match(String(first('trusted typ')), /^policies\.html#trusted-types/);
    assert.equal(index.search('flugzeugträger').length, 0);
    for (const { id } of index.search(MiniSearch.wildcard)) assert.equal(linkProblem('index.html', id), undefined);
  });

  it('each file of the site has a media type that browsers accept under nosniff', () => {
    assert.equal(typeOf('docs.js'), 'text/javascript; charset=utf-8');
    assert.equal(typeOf('files/demo/backends/python/server.py'), 'text/plain; charset=utf-8');
    assert.deepEqual(
      [...files.keys()].filter((path) => !/\.(html|md|txt|json|css|js|svg|png|py)$/.test(path)),
      [],
    );
  });
});
