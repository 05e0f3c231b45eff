import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';

const DOCS = 'demo/docs';
const INDEX = `${DOCS}/README.md`;

/** A document of the site. */
export interface SiteDocument {
  /** Its Markdown, from the root of the repository. */
  readonly source: string;
  /** Name of its page, without the ending. */
  readonly name: string;
  /** What the navigation calls it. */
  readonly title: string;
}

/** Documents under a heading of the navigation. */
export interface NavigationSection {
  readonly title: string;
  readonly documents: readonly SiteDocument[];
}

/** The documents outside of `demo/docs`. */
const START: SiteDocument = { source: 'README.md', name: 'quick-start', title: 'Quick start' };
const PROJECT: NavigationSection = {
  title: 'Project',
  documents: [
    { source: 'CHANGELOG.md', name: 'changelog', title: 'Changelog' },
    { source: '.github/CONTRIBUTING.md', name: 'contributing', title: 'Contributing' },
    { source: '.github/SECURITY.md', name: 'report-a-vulnerability', title: 'Report a vulnerability' },
  ],
};

/** The page that lists all others. */
const INDEX_DOCUMENT: SiteDocument = { source: INDEX, name: 'index', title: 'Documentation' };

/** Reads the order and the titles of the pages from the lists of `demo/docs/README.md`. */
export function readNavigation(): NavigationSection[] {
  const [, ...parts] = readFileSync(INDEX, 'utf8').split(/^## /m);
  const sections = parts
    .map((part) => ({ title: part.split('\n')[0] ?? '', documents: documentsIn(part) }))
    .filter(({ documents }) => documents.length > 0);
  const [first, ...others] = sections;
  if (first === undefined) throw new Error(`${INDEX} has no heading: write "## Begin" above its first list.`);
  return [{ ...first, documents: [START, ...first.documents] }, ...others, PROJECT];
}

function documentsIn(part: string): SiteDocument[] {
  return [...part.matchAll(/^- \[(.+?)\]\(([\w-]+)\.md\)/gm)].map(([, title = '', name = '']) => ({
    source: `${DOCS}/${name}.md`,
    name,
    title,
  }));
}

/** Returns all documents in the order of the navigation. */
export function allDocuments(navigation: readonly NavigationSection[]): SiteDocument[] {
  const documents = [INDEX_DOCUMENT, ...navigation.flatMap((section) => section.documents)];
  const known = new Set(documents.map(({ source }) => source));
  for (const file of readdirSync(DOCS)) {
    const isListed = !file.endsWith('.md') || known.has(`${DOCS}/${file}`);
    if (!isListed) throw new Error(`${INDEX} does not list ${file}: add it to the section where readers look for it.`);
  }
  return documents;
}

/** Where a link of a document leads on the site. */
export interface LinkTarget {
  /** The link to write. */
  readonly href: string;
  /** A file of the repository that the site must hold for it, under `files/`. */
  readonly file?: string;
}

/**
 * Finds the target of a link. Links to documents become links to their pages.
 * @param ending what the page of a document ends in: `.html`, or `.md` for its text
 * @throws Error when the link is not safe, or leads to nothing.
 */
export function resolveLink(
  { source }: SiteDocument,
  link: string,
  documents: readonly SiteDocument[],
  ending: '.html' | '.md',
): LinkTarget {
  if (/^(https?|mailto):/.test(link) || link.startsWith('#')) return { href: link };
  if (/^[a-z][\w+.-]*:|^\/|^\\/i.test(link)) throw new Error(`${source} links to "${link}": write a relative link.`);
  const [path = '', anchor] = link.split('#');
  const target = posix.join(posix.dirname(source), path);
  const document = documents.find((one) => one.source === target);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  if (document) return { href: `${document.name}${ending}${hash}` };
  if (target === `${DOCS}/llms.txt`) return { href: 'llms.txt' };
  if (existsSync(target) && statSync(target).isFile()) return { href: `files/${target}${hash}`, file: target };
  throw new Error(`${source} links to "${link}", but ${target} is not a file.`);
}
