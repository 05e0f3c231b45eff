/** Runs in the page of the benchmark: measures the element and the plain list, one after the other. */
import type { ConnectedAccount, ConnectedAccountPage, ConnectedAccountsList } from '../../src/index.js';
import { PlainList } from './plain-list.js';

/** A click that changes one row. */
export interface Update {
  /** ms from the click until the change is drawn. */
  readonly time: number;
  /** How many rows were touched. */
  readonly rows: number;
}

/** What can be measured. */
export interface Measured {
  /** ms until all rows are there and drawn, page by page. */
  load(): Promise<number>;
  update(): Promise<Update>;
  /** ms of a frame, on average, while all rows are scrolled through. */
  scroll(): Promise<number>;
  remove(): void;
}

declare global {
  var bench: { readonly element: () => Measured; readonly plain: () => Measured };
}

const ROWS = 1000;
const PAGE = 100;

const accounts: readonly ConnectedAccount[] = Array.from({ length: ROWS }, (_, index) => {
  const createdAt = new Date(Date.parse('2026-03-01T00:00:00Z') - index * 60_000).toISOString();
  return {
    id: `ca_${index}`,
    toolkit: { slug: 'github', name: 'GitHub' },
    authConfig: { id: 'ac_github', authScheme: 'OAUTH2', isComposioManaged: true, isDisabled: false },
    alias: null,
    wordId: 'github_red-castle',
    displayName: `octocat-${index}`,
    status: 'ACTIVE',
    statusReason: null,
    isDisabled: false,
    createdAt,
    updatedAt: createdAt,
  };
});

function pageOf(cursor: string | undefined): ConnectedAccountPage {
  const start = Number(cursor ?? 0);
  const end = start + PAGE;
  return { items: accounts.slice(start, end), nextCursor: end < ROWS ? String(end) : null, totalPages: ROWS / PAGE };
}

const disabled = async (id: string): Promise<ConnectedAccount> => ({
  ...(accounts.find((account) => account.id === id) as ConnectedAccount),
  status: 'INACTIVE',
});

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Until what was changed is drawn. */
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
  return { time: times[20] ?? Number.NaN, rows: Math.max(...updates.map(({ rows }) => rows)) };
}

async function measureUpdate(root: ShadowRoot, id: string): Promise<Update> {
  const list = root.querySelector('.list') as HTMLElement;
  const row = list.querySelector(`[data-account="${id}"]`) as HTMLElement;
  const button = row.querySelector<HTMLElement>('[data-action="disable"]');
  const touched = new Set<Element>();
  await frame();
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
  return { time: performance.now() - start, rows: touched.size };
}

async function measureScroll(): Promise<number> {
  const steps = 120;
  const distance = (document.documentElement.scrollHeight - innerHeight) / steps;
  const start = await frame();
  let now = start;
  for (let step = 1; step <= steps; step++) {
    scrollTo(0, step * distance);
    now = await frame();
  }
  scrollTo(0, 0);
  return (now - start) / steps;
}

function createElementBench(): Measured {
  const list: ConnectedAccountsList = document.createElement('connected-accounts-list');
  const client = { list: async ({ cursor }: { cursor?: string }) => pageOf(cursor), disable: disabled };
  Object.assign(list, { userId: 'user_1', limit: PAGE, client });
  return {
    load: () =>
      measureLoad(async () => {
        document.body.append(list);
        await list.updateComplete;
        await list.loadMore();
        while (list.hasMore) {
          await list.updateComplete;
          await list.loadMore();
        }
        await list.updateComplete;
      }),
    update: () => measureUpdates(list.shadowRoot as ShadowRoot),
    scroll: measureScroll,
    remove: () => list.remove(),
  };
}

function createPlainBench(): Measured {
  const place = document.createElement('div');
  place.className = 'plain';
  const root = place.attachShadow({ mode: 'open' });
  // The same sheets, so that styling and layout cost the same.
  const template = document.body.appendChild(document.createElement('connected-accounts-list'));
  root.adoptedStyleSheets = template.shadowRoot?.adoptedStyleSheets ?? [];
  template.remove();
  const plain = new PlainList(root, ({ id }) => disabled(id));
  return {
    load: () =>
      measureLoad(async () => {
        document.body.append(place);
        for (let cursor: string | null = '0'; cursor !== null; ) {
          const page: ConnectedAccountPage = await Promise.resolve(pageOf(cursor));
          plain.add(page.items);
          cursor = page.nextCursor;
        }
      }),
    update: () => measureUpdates(root),
    scroll: measureScroll,
    remove: () => place.remove(),
  };
}

globalThis.bench = { element: createElementBench, plain: createPlainBench };
