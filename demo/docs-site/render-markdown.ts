import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import http from 'highlight.js/lib/languages/http';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { lexer, Parser, Renderer, type Token, type Tokens } from 'marked';

const LANGUAGES = { bash, css, http, javascript, json, python, ruby, typescript, xml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(['vue', 'svelte', 'astro'], { languageName: 'xml' });

/** A heading below the title. */
export interface Heading {
  readonly depth: number;
  readonly anchor: string;
  readonly text: string;
}

/** A part of a document under one heading, as text for the search. */
export interface TextSection {
  /** Empty for what stands below the title. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

/** A document as HTML. */
export interface RenderedDocument {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly sections: readonly TextSection[];
}

/** Escapes a text for HTML. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Returns the text of Markdown without its marks. */
function plainText(tokens: readonly Token[] = []): string {
  return tokens.map(textOf).join('').trim();
}

function textOf(token: Token): string {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((row) => `${row.map((cell) => plainText(cell.tokens)).join(' ')}\n`).join('');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map((item) => `${plainText(item.tokens)}\n`).join('');
  if (token.type === 'html') return '';
  const { tokens, text = '' } = token as { tokens?: Token[]; text?: string };
  const inner = tokens && tokens.length > 0 ? plainTextOf(tokens) : unescapeHtml(text);
  return ['paragraph', 'code', 'blockquote', 'heading'].includes(token.type) ? `${inner}\n` : inner;
}

const plainTextOf = (tokens: readonly Token[]): string => tokens.map(textOf).join('');

const unescapeHtml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Makes the anchors of a page, as GitHub makes them. */
function createSlugs(): (heading: string) => string {
  const used = new Set<string>();
  return (heading) => {
    const words = heading.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '');
    const slug = words.replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; used.has(anchor); count += 1) anchor = `${slug}-${count}`;
    used.add(anchor);
    return anchor;
  };
}

/** Writes HTML in which nothing of a document can run: raw HTML is shown as text, and links go through `resolve`. */
class SafeRenderer extends Renderer {
  readonly #anchors: Iterator<Heading>;
  readonly #resolve: (link: string) => string;

  constructor(headings: readonly Heading[], resolve: (link: string) => string) {
    super();
    this.#anchors = headings.values();
    this.#resolve = resolve;
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const content = this.parser.parseInline(tokens);
    const { anchor = '', text = '' } = this.#anchors.next().value ?? {};
    if (depth === 1) return `<h1 id="${anchor}">${content}</h1>\n`;
    const label = escapeHtml(`Link to “${text}”`);
    return `<h${depth} id="${anchor}">${content}<a class="anchor" href="#${anchor}" aria-label="${label}">#</a></h${depth}>\n`;
  }

  override code({ text, lang = '' }: Tokens.Code): string {
    const known = hljs.getLanguage(lang) !== undefined;
    const content = known ? hljs.highlight(text, { language: lang }).value : escapeHtml(text);
    return `<pre tabindex="0"><code>${content}</code></pre>\n`;
  }

  override codespan({ text }: Tokens.Codespan): string {
    return `<code${/\s/.test(text) ? '' : ' class="word"'}>${escapeHtml(text)}</code>`;
  }

  override table(token: Tokens.Table): string {
    return `<div class="table" role="group" aria-label="Table" tabindex="0">${super.table(token)}</div>\n`;
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return escapeHtml(text.replace(/<!--[\s\S]*?-->/g, ''));
  }

  override link({ href, tokens }: Tokens.Link): string {
    return `<a href="${escapeHtml(this.#resolve(href))}">${this.parser.parseInline(tokens)}</a>`;
  }

  override image({ href, text }: Tokens.Image): string {
    return `<img src="${escapeHtml(this.#resolve(href))}" alt="${escapeHtml(text)}">`;
  }
}

/**
 * Renders a document.
 * @param resolve returns the target of a link or a picture; it throws for one that is not safe
 */
export function renderMarkdown(markdown: string, resolve: (link: string) => string): RenderedDocument {
  const tokens = lexer(markdown);
  const slug = createSlugs();
  const headings = tokens
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map(({ depth, tokens: content }) => ({ depth, text: plainText(content) }))
    .map((heading) => ({ ...heading, anchor: slug(heading.text) }));
  return {
    title: headings.find(({ depth }) => depth === 1)?.text ?? '',
    html: Parser.parse(tokens, { renderer: new SafeRenderer(headings, resolve) }),
    headings: headings.filter(({ depth }) => depth > 1),
    sections: sectionsOf(tokens, headings),
  };
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): TextSection[] {
  const sections: { anchor: string; heading: string; text: string }[] = [];
  const anchors = headings.values();
  for (const token of tokens) {
    if (token.type === 'heading') {
      const { depth = 1, anchor = '', text = '' } = anchors.next().value ?? {};
      sections.push({ anchor: depth === 1 ? '' : anchor, heading: depth === 1 ? '' : text, text: '' });
    } else {
      const section = sections.at(-1);
      if (section) section.text += textOf(token);
    }
  }
  return sections;
}
