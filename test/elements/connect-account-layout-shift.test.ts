import { expect, waitUntil } from '@open-wc/testing';
import type { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import { MemoryClient } from '../support/memory-client.js';

/** An entry of https://wicg.github.io/layout-instability/. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}

const ELEMENT = '<connect-account user-id="user_1" auth-config-id="ac_github"></connect-account>';

const LAYOUTS: Readonly<Record<string, string>> = {
  'one element in a paragraph': `<p>Connect your account ${ELEMENT} and go on.</p><p>Then this.</p>`,
  'ten elements in a line of text': `<p>Connect ${`${ELEMENT} `.repeat(10)} and go on.</p><p>Then this.</p>`,
  'three elements in a flex row': `<div style="display: flex; gap: 8px">${ELEMENT.repeat(3)}<p>text</p></div><p>Then this.</p>`,
  'two elements in a flex column': `<div style="display: flex; flex-direction: column">${ELEMENT.repeat(2)}</div><p>Then.</p>`,
  'an element in a grid': `<div style="display: grid; grid-template-columns: 1fr auto">${ELEMENT}<p>text</p></div><p>Then.</p>`,
  'a hundred elements': `<p>${`${ELEMENT} `.repeat(100)}</p><p>Then this.</p>`,
};

const readme = await (await fetch(new URL('../../../README.md', import.meta.url))).text();
/** The rule that the README gives to page authors. */
const [, reserved = ''] = /^```css\n(connect-account:not\(:defined\)[^`]*)```$/m.exec(readme) ?? [];

const frames: HTMLIFrameElement[] = [];

/** Opens a document of its own, in which the element is not defined yet. Resolves when it has been drawn. */
async function openFrame(style: string, body: string): Promise<Window & typeof globalThis> {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position: fixed; inset: 0; inline-size: 780px; block-size: 580px; border: 0';
  frame.srcdoc = `<!doctype html><html lang="en"><style>${style}</style><body>${body}`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  const view = frame.contentWindow as Window & typeof globalThis;
  await drawn(view);
  return view;
}

async function drawn(view: Window): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => view.requestAnimationFrame(resolve));
  await new Promise((resolve) => view.setTimeout(resolve));
}

/** Returns how far the page moves, by the measure of Web Vitals, while the elements get defined and read their accounts. */
async function cumulativeLayoutShift(style: string, body: string): Promise<number> {
  const view = await openFrame(style, body);
  let shift = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries as LayoutShift[]) shift += entry.value;
  };
  const observer = new view.PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  const client = new MemoryClient();
  let respond = () => {};
  const responded = new Promise<void>((resolve) => (respond = resolve));
  client.next('list', () => responded.then(() => ({ items: [], nextCursor: null, totalPages: 1 })));
  const elements = [...view.document.querySelectorAll<ConnectAccount>('connect-account')];
  for (const element of elements) element.client = client;
  const script = view.document.createElement('script');
  script.type = 'module';
  script.src = new URL('../../src/define.js', import.meta.url).href;
  view.document.head.append(script);
  await waitUntil(() => client.count('list') === 1, 'the elements are defined and read', {
    interval: 5,
    timeout: 15_000,
  });
  await drawn(view);
  respond();
  await waitUntil(() => elements.every(({ state }) => state.phase === 'ready'), 'all are ready', { timeout: 15_000 });
  await drawn(view);
  add(observer.takeRecords());
  return shift;
}

describe('the space that the README reserves for <connect-account>', function () {
  // Each document loads every module again.
  this.timeout(30_000);

  before(function () {
    // Only Chromium measures it.
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) this.skip();
  });

  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  for (const [layout, body] of Object.entries(LAYOUTS)) {
    it(`keeps the page from moving: ${layout}`, async () => {
      expect((await cumulativeLayoutShift(reserved, body)).toFixed(4)).to.equal('0.0000');
    });
  }

  it('is needed, and is measured: without it the page moves', async () => {
    const [body = ''] = Object.values(LAYOUTS);
    expect(reserved).to.contain('connect-account:not(:defined)');
    expect(await cumulativeLayoutShift('', body)).to.be.greaterThan(0.0001);
  });
});
