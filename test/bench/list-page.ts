/** Runs in the page of the benchmark: measures the element and the plain list, one after the other. */
import { AccountSearch } from '../../src/core/accounts/account-search.js';
import type { ConnectedAccount, ConnectedAccountPage, ConnectedAccountsList } from '../../src/index.js';
import { createAccounts, disabled, PAGE, pageOf, rendered } from './list-accounts.js';
import { PlainList } from './plain-list.js';

/** A click that changes one row. */
export interface Update {
  /** ms from the click until the change is drawn. */
  readonly time: number;
  /** Number of rows in which the document changed. */
  readonly touched: number;
  /** Number of rows rendered, even if the document did not change. */
  readonly rendered: number;
}

/** Frame times of a scroll through all rows. */
export interface Scroll {
  /** Average frame time in ms. */
  readonly mean: number;
  /** 95th percentile of the frame time in ms. */
  readonly slow: number;
}

/** Times of a search among many rows. */
export interface Search {
  /** Time in ms until the first letter has its result, which reads every account for the first time. */
  readonly first: number;
  /** Longest time in ms until a later letter has its result. */
  readonly next: number;
}

/** Times in ms from a letter in the search box, with 10,000 rows, until its result is drawn: the slowest of three searches. */
export interface SearchDrawn {
  readonly element: number;
  readonly plain: number;
}

/** The measurements. */
export interface Measured {
  /** Time in ms until all rows are drawn, page by page. */
  load(): Promise<number>;
  update(): Promise<Update>;
  scroll(): Promise<Scroll>;
  remove(): void;
}

declare global {
  var bench: {
    readonly element: () => Measured;
    readonly plain: () => Measured;
    readonly search: () => Search;
    readonly searchDrawn: () => Promise<SearchDrawn>;
  };
}

const ROWS = 1000;
const MANY = 10_000;

const accounts = createAccounts(ROWS);

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves when the change is drawn. */
async function drawn(): Promise<void> {
  await frame();
  await new Promise((resolve) => setTimeout(resolve));
}

async function measureLoad(load: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await load();
  await drawn();
  return performance.now() - start;
}

/** The median of 41 rows. */
async function measureUpdates(root: ShadowRoot): Promise<Update> {
  const updates: Update[] = [];
  for (let row = 500; row <= 540; row++) updates.push(await measureUpdate(root, `ca_${row}`));
  const times = updates.map(({ time }) => time).sort((one, other) => one - other);
  return {
    time: times[20] ?? Number.NaN,
    touched: Math.max(...updates.map(({ touched }) => touched)),
    rendered: Math.max(...updates.map((update) => update.rendered)),
  };
}

async function measureUpdate(root: ShadowRoot, id: string): Promise<Update> {
  const list = root.querySelector('.list') as HTMLElement;
  const row = list.querySelector(`[data-account="${id}"]`) as HTMLElement;
  const button = row.querySelector<HTMLElement>('[data-action="disable"]');
  const touched = new Set<Element>();
  await frame();
  rendered.clear();
  const start = performance.now();
  const changed = new Promise<void>((resolve) => {
    const observer = new MutationObserver((mutations) => {
      for (const { target } of mutations) touched.add((target as Element).closest('.row') ?? row);
      if (row.isConnected && row.querySelector('[data-action="disable"]')) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(list, { attributes: true, childList: true, subtree: true });
  });
  button?.click();
  await changed;
  await drawn();
  return { time: performance.now() - start, touched: touched.size, rendered: rendered.size };
}

async function measureScroll(): Promise<Scroll> {
  const steps = 120;
  const distance = (document.documentElement.scrollHeight - innerHeight) / steps;
  const frames: number[] = [];
  let last = await frame();
  for (let step = 1; step <= steps; step++) {
    scrollTo(0, step * distance);
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  scrollTo(0, 0);
  frames.sort((one, other) => one - other);
  return {
    mean: frames.reduce((sum, time) => sum + time, 0) / steps,
    slow: frames[Math.floor(steps * 0.95)] ?? Number.NaN,
  };
}

function createList(all: readonly ConnectedAccount[]): ConnectedAccountsList {
  const list: ConnectedAccountsList = document.createElement('connected-accounts-list');
  const client = { list: async ({ cursor }: { cursor?: string }) => pageOf(all, cursor), disable: disabled };
  return Object.assign(list, { userId: 'user_1', limit: PAGE, client });
}

/** Resolves when every page is loaded. */
async function loadAll(list: ConnectedAccountsList): Promise<void> {
  document.body.append(list);
  await list.updateComplete;
  await list.loadMore();
  while (list.hasMore) {
    await list.updateComplete;
    await list.loadMore();
  }
  await list.updateComplete;
}

function createElementBench(): Measured {
  const list = createList(accounts);
  return {
    load: () => measureLoad(() => loadAll(list)),
    update: () => measureUpdates(list.shadowRoot as ShadowRoot),
    scroll: measureScroll,
    remove: () => list.remove(),
  };
}

/** Returns a list without rows, which is to be added to the page with its `place`. */
function createPlainList(): { place: HTMLElement; root: ShadowRoot; plain: PlainList } {
  const place = document.createElement('div');
  place.className = 'plain';
  const root = place.attachShadow({ mode: 'open' });
  // Both use the same style sheets, so that styling and layout cost the same.
  const template = document.body.appendChild(document.createElement('connected-accounts-list'));
  root.adoptedStyleSheets = template.shadowRoot?.adoptedStyleSheets ?? [];
  template.remove();
  return { place, root, plain: new PlainList(root, ({ id }) => disabled(id)) };
}

function createPlainBench(): Measured {
  const { place, root, plain } = createPlainList();
  return {
    load: () =>
      measureLoad(async () => {
        document.body.append(place);
        for (let cursor: string | null = '0'; cursor !== null; ) {
          const page: ConnectedAccountPage = await Promise.resolve(pageOf(accounts, cursor));
          plain.add(page.items);
          cursor = page.nextCursor;
        }
      }),
    update: () => measureUpdates(root),
    scroll: measureScroll,
    remove: () => place.remove(),
  };
}

/** Search texts. Longer ones find fewer rows. */
const LETTERS = ['o', 'oc', 'oct', 'octo', 'octoc', 'octocat-1', 'octocat-12', 'octocat-123', 'octocat-1234'];

function measureSearch(): Search {
  const [search, many] = [new AccountSearch(), createAccounts(MANY)];
  const times = LETTERS.map((text) => {
    const start = performance.now();
    search.find(many, text);
    return performance.now() - start;
  });
  const [first = Number.NaN, ...next] = times;
  return { first, next: Math.max(...next) };
}

/** Texts that find 111 of 10,000 rows, none, and all. */
const SEARCHES = ['octocat-123', 'nobody', ''];

/** A list in the page, and how it is searched. */
interface Searched {
  readonly place: HTMLElement;
  readonly search: (text: string) => unknown;
}

async function addElementToSearch(many: readonly ConnectedAccount[]): Promise<Searched> {
  const place = createList(many);
  place.searchable = true;
  await loadAll(place);
  const box = place.shadowRoot?.querySelector('[part="search"]') as HTMLInputElement;
  const search = (text: string) => {
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return place.updateComplete;
  };
  return { place, search };
}

function addPlainToSearch(many: readonly ConnectedAccount[]): Searched {
  const { place, plain } = createPlainList();
  document.body.append(place);
  plain.add(many);
  const search = new AccountSearch();
  return { place, search: (text) => plain.show(search.find(many, text)) };
}

/** Sets each time to the best one so far. */
async function timeSearches({ place, search }: Searched, best: number[]): Promise<void> {
  place.style.display = 'block';
  for (const [index, text] of SEARCHES.entries()) {
    await drawn();
    const start = performance.now();
    await search(text);
    await drawn();
    best[index] = Math.min(best[index] ?? Number.POSITIVE_INFINITY, performance.now() - start);
  }
  place.style.display = 'none';
}

async function measureSearchDrawn(): Promise<SearchDrawn> {
  const many = createAccounts(MANY);
  const lists = { element: await addElementToSearch(many), plain: addPlainToSearch(many) };
  const [element, plain]: [number[], number[]] = [[], []];
  lists.plain.place.style.display = 'none';
  for (let round = 0; round < 7; round++) {
    await timeSearches(lists.element, element);
    await timeSearches(lists.plain, plain);
  }
  for (const { place } of Object.values(lists)) place.remove();
  return { element: Math.max(...element), plain: Math.max(...plain) };
}

globalThis.bench = {
  element: createElementBench,
  plain: createPlainBench,
  search: measureSearch,
  searchDrawn: measureSearchDrawn,
};
