import { expect } from '@open-wc/testing';
import { createPageSignals } from '../../src/browser/page-signals.js';
import type { PageSignal } from '../../src/core/model/ports.js';

/** Makes the page read as hidden or visible. Returns a function that undoes it. */
function pretendVisibility(state: DocumentVisibilityState): () => void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  return () => Reflect.deleteProperty(document, 'visibilityState');
}

describe('createPageSignals', () => {
  let heard: PageSignal[] = [];
  let unsubscribe = () => {};

  beforeEach(() => {
    heard = [];
    unsubscribe = createPageSignals().subscribe((signal) => heard.push(signal));
  });
  afterEach(() => unsubscribe());

  for (const type of ['focus', 'pageshow', 'online']) {
    it(`signals active on ${type}`, () => {
      window.dispatchEvent(new Event(type));
      expect(heard).to.deep.equal(['active']);
    });
  }

  for (const type of ['blur', 'offline']) {
    it(`signals inactive on ${type}`, () => {
      window.dispatchEvent(new Event(type));
      expect(heard).to.deep.equal(['inactive']);
    });
  }

  for (const [state, signal] of [
    ['hidden', 'inactive'],
    ['visible', 'active'],
  ] as const) {
    it(`signals when the page becomes ${state}`, () => {
      const restore = pretendVisibility(state);
      document.dispatchEvent(new Event('visibilitychange'));
      expect(heard).to.deep.equal([signal]);
      expect(createPageSignals().visible).to.equal(state === 'visible');
      restore();
    });
  }

  it('ignores other events and the focus of elements in the page', () => {
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    for (const type of ['resize', 'scroll', 'pagehide']) window.dispatchEvent(new Event(type));
    input.remove();
    expect(heard).to.deep.equal([]);
  });

  it('does not call a listener that has unsubscribed', () => {
    unsubscribe();
    for (const type of ['focus', 'blur', 'online', 'pageshow']) window.dispatchEvent(new Event(type));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard).to.deep.equal([]);
  });

  it('reports whether the network is gone', () => {
    const signals = createPageSignals();
    const stop = signals.subscribe(() => {});
    expect(signals.offline).to.equal(false);
    window.dispatchEvent(new Event('offline'));
    expect(signals.offline).to.equal(true);
    window.dispatchEvent(new Event('online'));
    expect(signals.offline).to.equal(false);
    stop();
  });

  it('a subscription that ends while the network is away does not leave the next one offline', () => {
    const signals = createPageSignals();
    const [stopPoll, stopWindow] = [signals.subscribe(() => {}), signals.subscribe(() => {})];
    window.dispatchEvent(new Event('offline'));
    stopPoll();
    expect(signals.offline).to.equal(true);
    stopWindow();
    expect(signals.offline).to.equal(false);
  });

  it('reports whether the page has focus', () => {
    const { hasFocus } = document;
    document.hasFocus = () => false;
    expect(createPageSignals().focused).to.equal(false);
    document.hasFocus = () => true;
    expect(createPageSignals().focused).to.equal(true);
    document.hasFocus = hasFocus;
  });
});
