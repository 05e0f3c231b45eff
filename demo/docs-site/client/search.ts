import MiniSearch, { type SearchResult } from 'minisearch';
import { SEARCH_OPTIONS, type SearchEntry } from '../search-options.js';

const MAX_RESULTS = 12;
const EXCERPT_LENGTH = 110;
/** Characters of the text before the word that was found. */
const EXCERPT_START = 30;

type Found = SearchResult & SearchEntry;

interface SearchBox {
  readonly input: HTMLInputElement;
  readonly panel: HTMLElement;
  readonly list: HTMLElement;
  readonly none: HTMLElement;
  readonly status: HTMLElement;
}

function findBox(): SearchBox | null {
  const root = document.querySelector('.search');
  const find = <Kind extends HTMLElement>(selector: string) => root?.querySelector<Kind>(selector) ?? null;
  const [input, panel, list] = [find<HTMLInputElement>('input'), find('.found'), find('#results')];
  const [none, status] = [find('.none'), find('[role="status"]')];
  return input && panel && list && none && status ? { input, panel, list, none, status } : null;
}

let loading: Promise<MiniSearch<SearchEntry>> | undefined;

/** Loads the index when the reader turns to the search, and again after a failure. */
function loadIndex(): Promise<MiniSearch<SearchEntry>> {
  loading ??= fetch('search.json')
    .then(async (response) => {
      if (!response.ok) throw new Error(`search.json: ${response.status}`);
      return MiniSearch.loadJSON(await response.text(), SEARCH_OPTIONS);
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Makes the search box of the header work. */
export function startSearch(): void {
  const box = findBox();
  if (box === null) return;
  const { input } = box;
  input.addEventListener('focus', () => void loadIndex().catch(() => {}));
  input.addEventListener('input', () => void update(box));
  input.addEventListener('keydown', (event) => onKey(event, box));
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || target.closest('.search') === null) close(box);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

async function update(box: SearchBox): Promise<void> {
  const query = box.input.value.trim();
  if (query === '') return close(box);
  try {
    const index = await loadIndex();
    if (box.input.value.trim() === query) show(box, query, search(index, query));
  } catch {
    show(box, query, [], 'The search could not be loaded. Type again to retry.');
  }
}

const FUZZINESS = 0.2;

/** Finds parts that have all words as they are written, or else similar words, or else some of them. */
function search(index: MiniSearch<SearchEntry>, query: string): Found[] {
  const attempts = [{}, { fuzzy: FUZZINESS }, { fuzzy: FUZZINESS, combineWith: 'OR' }] as const;
  for (const options of attempts) {
    const found = index.search(query, options) as Found[];
    if (found.length > 0) return found.slice(0, MAX_RESULTS);
  }
  return [];
}

function show(box: SearchBox, query: string, results: readonly Found[], failure?: string): void {
  const { input, panel, list, none, status } = box;
  list.replaceChildren(...results.map((result, position) => entry(result, position)));
  list.hidden = results.length === 0;
  none.hidden = results.length > 0;
  none.textContent = failure ?? `Nothing found for “${query}”.`;
  status.textContent = results.length > 0 ? `Results: ${results.length}` : none.textContent;
  panel.hidden = false;
  input.setAttribute('aria-expanded', String(results.length > 0));
  select(box, results.length > 0 ? 0 : -1);
}

function entry({ id, page, heading, text, match }: Found, position: number): HTMLElement {
  const item = document.createElement('li');
  item.id = `result-${position}`;
  item.role = 'option';
  const link = document.createElement('a');
  link.href = id;
  link.tabIndex = -1;
  link.append(
    element('strong', heading || page),
    element('small', heading ? page : ''),
    excerpt(text, Object.keys(match)),
  );
  item.append(link);
  return item;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** Returns the place of the text where a word was found first, with that word marked. */
function excerpt(text: string, words: readonly string[]): HTMLElement {
  const lower = text.toLowerCase();
  const places = words
    .map((word) => ({ word, at: lower.indexOf(word) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  const [first] = places;
  const made = document.createElement('span');
  const start = first && first.at > EXCERPT_START ? text.indexOf(' ', first.at - EXCERPT_START) + 1 : 0;
  const from = first && start > first.at ? first.at : start;
  if (from > 0) made.append('… ');
  const end = from + EXCERPT_LENGTH;
  if (first && first.at + first.word.length <= end) {
    const after = first.at + first.word.length;
    made.append(text.slice(from, first.at), element('mark', text.slice(first.at, after)), text.slice(after, end));
  } else {
    made.append(text.slice(from, end));
  }
  if (end < text.length) made.append(' …');
  return made;
}

function onKey(event: KeyboardEvent, box: SearchBox): void {
  if (event.isComposing) return;
  const items = [...box.list.children];
  const at = items.findIndex((item) => item.ariaSelected === 'true');
  if (event.key === 'Escape' && !box.panel.hidden) close(box);
  else if (event.key === 'ArrowDown') select(box, (at + 1) % Math.max(items.length, 1));
  else if (event.key === 'ArrowUp') select(box, (at <= 0 ? items.length : at) - 1);
  else if (event.key === 'Enter') items[at]?.querySelector('a')?.click();
  else return;
  event.preventDefault();
}

function select({ input, list }: SearchBox, position: number): void {
  for (const [index, item] of [...list.children].entries()) item.ariaSelected = String(index === position);
  const selected = list.children[position];
  if (selected) input.setAttribute('aria-activedescendant', selected.id);
  else input.removeAttribute('aria-activedescendant');
  selected?.scrollIntoView({ block: 'nearest' });
}

function close({ input, panel }: SearchBox): void {
  panel.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}
