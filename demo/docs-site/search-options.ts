import type { Options } from 'minisearch';

/** A part of a page that the search finds. */
export interface SearchEntry {
  readonly id: string;
  /** Title of the page. */
  readonly page: string;
  /** Heading of the part; empty for the beginning of the page. */
  readonly heading: string;
  readonly text: string;
}

/** Splits the names of code, so that "links per minute" finds `linksPerMinute`. */
function termsOf(word: string): string[] {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  return [...new Set([word, ...parts].map((part) => part.toLowerCase()))].filter((part) => part !== '');
}

/** The options with which the index is made and read. They must be the same. `id` is the link of the part. */
export const SEARCH_OPTIONS: Options<SearchEntry> = {
  fields: ['page', 'heading', 'text'],
  storeFields: ['page', 'heading', 'text'],
  processTerm: (term) => termsOf(term),
  searchOptions: {
    processTerm: (term) => term.toLowerCase(),
    boost: { page: 6, heading: 3 },
    // How the package is made is seldom what readers look for.
    boostDocument: (id) => (/^(changelog|contributing)\b/.test(String(id)) ? 0.3 : 1),
    prefix: true,
    combineWith: 'AND',
  },
};
