/** Runs in the page of the benchmark: when its elements are ready, and what they cost the page around them. */
import type { ReactiveElement } from 'lit';
import type { ConnectAccount } from '../../src/index.js';
import type { Drawing } from './elements-site.js';

declare global {
  var elementsBench: {
    /** Time in ms from the navigation until all elements of the page are ready and drawn. */
    readonly ready: Promise<number>;
    /** Time in µs of a change that the page makes beside its elements, in the best of many rounds. */
    readonly changeBeside: () => number;
    /** Returns the content of the first element. */
    readonly drawing: () => Drawing;
  };
}

/** Resolves when the next frame is drawn. */
async function drawn(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve));
}

async function ready(): Promise<number> {
  const elements = [...document.querySelectorAll<ConnectAccount>('connect-account')];
  const empty = [...document.querySelectorAll<ReactiveElement>('empty-element')];
  do await drawn();
  while (elements.some(({ state }) => state?.phase !== 'ready') || empty.some(({ hasUpdated }) => !hasUpdated));
  await drawn();
  return performance.now();
}

function changeBeside(): number {
  const place = document.body.appendChild(document.createElement('div'));
  const [one, other] = [document.createElement('i'), document.createElement('b')];
  const changes = 2000;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round++) {
    const start = performance.now();
    for (let change = 0; change < changes; change++) place.replaceChildren(change % 2 === 0 ? one : other);
    best = Math.min(best, (performance.now() - start) / changes);
  }
  place.remove();
  return best * 1000;
}

function drawing(): Drawing {
  const root = document.querySelector('connect-account')?.shadowRoot;
  if (!root) throw new Error('There is no element.');
  const sheets = root.adoptedStyleSheets.map(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText).join('\n'));
  return { markup: root.innerHTML.replaceAll(/<!--.*?-->/gs, ''), sheets };
}

globalThis.elementsBench = { ready: ready(), changeBeside, drawing };
