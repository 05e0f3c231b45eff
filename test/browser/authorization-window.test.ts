import { expect, waitUntil } from '@open-wc/testing';
import { openWindow } from '../../src/browser/authorization-window.js';
import { briefingKey } from '../../src/core/model/callback-protocol.js';
import { createAttemptId } from '../../src/core/model/crypto.js';

/** Real windows, and the arguments that opened them. */
function watchOpen() {
  const { open } = window;
  const calls: Array<{ url: string; name: string; features: string; window: Window | null }> = [];
  window.open = (url, name, features) => {
    const opened = open.call(window, url, name, features);
    calls.push({ url: String(url), name: String(name), features: String(features), window: opened });
    return opened;
  };
  const stop = () => {
    window.open = open;
    for (const call of calls) call.window?.close();
  };
  return { calls, stop };
}

/** Makes `window.open` return this. Returns a function that undoes it. */
function answerOpenWith(window_: Partial<Window> | null): () => void {
  const { open } = window;
  window.open = () => window_ as Window | null;
  return () => {
    window.open = open;
  };
}

describe('openWindow, with a real window', () => {
  const { calls, stop } = watchOpen();
  after(stop);
  const name = createAttemptId();
  const opened = openWindow(name, name, 'Opening GitHub…');
  const popup = opened === 'self' ? null : opened;

  it('opens an empty window under the given name', () => {
    expect(calls).to.have.length(1);
    const [call] = calls;
    expect(call?.url).to.equal('');
    expect(call?.name).to.equal(name);
    expect(call?.features).to.match(/^popup,width=\d+,height=\d+,left=-?\d+,top=-?\d+$/);
    expect(call?.window?.name).to.equal(name);
  });

  it('clears the opener before the window navigates (reverse tabnabbing)', () => {
    expect(calls[0]?.window?.location.href).to.equal('about:blank');
    expect(calls[0]?.window?.opener).to.equal(null);
  });

  it('shows the waiting text in the window', () => {
    const { document: shown } = calls[0]?.window ?? window;
    expect(shown.title).to.equal('Opening GitHub…');
    expect(shown.body.textContent).to.equal('Opening GitHub…');
    // Arabic, Hebrew and Persian are written from right to left there too.
    expect(shown.body.dir).to.equal('auto');
    expect(shown.body.childElementCount).to.equal(0);
  });

  it('navigates the window without an opener and without a history entry to go back to', async () => {
    const window_ = calls[0]?.window;
    popup?.navigate(`${location.origin}/package.json`, { verifier: 'the verifier' });
    await waitUntil(() => window_?.location.pathname === '/package.json', 'it has arrived');
    // A window of a page in a frame of another site has another storage than the page.
    expect(window_?.sessionStorage.getItem(briefingKey(name))).to.equal('{"verifier":"the verifier"}');
    expect(sessionStorage.getItem(briefingKey(name))).to.equal(null);
    expect(window_?.opener).to.equal(null);
    expect(window_?.history.length).to.equal(1);
  });

  it('reports whether the window is closed, and can close it', async () => {
    expect(popup?.closed).to.equal(false);
    popup?.close();
    await waitUntil(() => popup?.closed, 'it is closed');
  });

  it('does not throw if the user has closed the window', () => {
    popup?.navigate('https://example.com/');
    popup?.focus();
    popup?.close();
  });
});

describe('openWindow', () => {
  it('writes the waiting text as text, never as markup', () => {
    const { calls, stop } = watchOpen();
    openWindow(createAttemptId(), 'attempt-1', '<b>Opening…</b>');
    expect(calls[0]?.window?.document.querySelector('b')).to.equal(null);
    stop();
  });

  it('returns null if the browser refuses', () => {
    const restore = answerOpenWith(null);
    expect(openWindow('name', 'attempt-1', 'Opening…')).to.equal(null);
    restore();
  });

  it('returns null if an old popup blocker returns a closed window', () => {
    const restore = answerOpenWith({ closed: true });
    expect(openWindow('name', 'attempt-1', 'Opening…')).to.equal(null);
    restore();
  });

  for (const [what, standIn] of Object.entries({
    'an object without anything': {},
    'the object of an in-app browser': { closed: false, close() {}, focus() {}, addEventListener() {} },
    'an object with an address and no document': { closed: false, close() {}, focus() {}, location },
    'a proxy that has everything': new Proxy(() => {}, { get: () => () => {} }),
    'a proxy of this window': new Proxy(window, { get: (target, name) => Reflect.get(target, name) }),
  })) {
    it(`returns null for ${what}`, () => {
      const { title, body } = document;
      const restore = answerOpenWith(standIn as Partial<Window>);
      expect(openWindow('name', 'attempt-1', 'Opening…')).to.equal(null);
      restore();
      expect([document.title, document.body]).to.deep.equal([title, body]);
    });
  }

  it('returns null for a frame that stands in for a window', () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const restore = answerOpenWith(frame.contentWindow);
    expect(openWindow('name', 'attempt-1', 'Opening…')).to.equal(null);
    restore();
    expect(frame.contentDocument?.body.textContent).to.equal('');
    frame.remove();
  });

  it('says that this page is the only window, and leaves it alone', () => {
    const { title } = document;
    const content = document.body.innerHTML;
    const restore = answerOpenWith(window);
    expect(openWindow('name', 'attempt-1', 'Opening…')).to.equal('self');
    restore();
    expect([document.title, document.body.innerHTML]).to.deep.equal([title, content]);
  });

  it('leaves a window of another origin empty, as some sandboxed frames open it', () => {
    const foreign = {
      closed: false,
      opener: window,
      location,
      get document(): Document {
        throw new DOMException('Blocked a frame with origin "null".', 'SecurityError');
      },
    };
    const restore = answerOpenWith(foreign);
    expect(openWindow('name', 'attempt-1', 'Opening…')).to.include({ closed: false });
    expect(foreign.opener).to.equal(null);
    restore();
  });

  it('requests no window features in an installed app, which would refuse them', () => {
    const { matchMedia } = window;
    window.matchMedia = (query) => ({ ...matchMedia(query), matches: query === '(display-mode: standalone)' });
    const { calls, stop } = watchOpen();
    openWindow(createAttemptId(), 'attempt-1', 'Opening…');
    window.matchMedia = matchMedia;
    stop();
    expect(calls[0]?.features).to.equal('');
  });

  it('opens a window no larger than the screen', () => {
    Object.defineProperty(screen, 'availWidth', { configurable: true, value: 360 });
    Object.defineProperty(screen, 'availHeight', { configurable: true, value: 600 });
    const { calls, stop } = watchOpen();
    openWindow(createAttemptId(), 'attempt-1', 'Opening…');
    stop();
    Reflect.deleteProperty(screen, 'availWidth');
    Reflect.deleteProperty(screen, 'availHeight');
    expect(calls[0]?.features).to.match(/^popup,width=360,height=600,/);
  });
});
