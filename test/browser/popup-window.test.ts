import { expect, waitUntil } from '@open-wc/testing';
import { openPopupWindow } from '../../src/browser/popup-window.js';
import { createAttemptId } from '../../src/core/model/crypto.js';

/** Real windows, and what they were opened with. */
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

/** Has `window.open` answer this. The answer undoes it. */
function answerOpenWith(window_: Partial<Window> | null): () => void {
  const { open } = window;
  window.open = () => window_ as Window | null;
  return () => {
    window.open = open;
  };
}

describe('openPopupWindow, with a real window', () => {
  const { calls, stop } = watchOpen();
  after(stop);
  const name = createAttemptId();
  const popup = openPopupWindow(name, 'Opening GitHub…');

  it('opens it empty, as a window of its own, under the given name', () => {
    expect(calls).to.have.length(1);
    const [call] = calls;
    expect(call?.url).to.equal('');
    expect(call?.name).to.equal(name);
    expect(call?.features).to.match(/^popup,width=\d+,height=\d+,left=-?\d+,top=-?\d+$/);
    expect(call?.window?.name).to.equal(name);
  });

  it('cuts its opener before it is sent anywhere (reverse tabnabbing)', () => {
    expect(calls[0]?.window?.location.href).to.equal('about:blank');
    expect(calls[0]?.window?.opener).to.equal(null);
  });

  it('says what it waits for, as text', () => {
    const { document: shown } = calls[0]?.window ?? window;
    expect(shown.title).to.equal('Opening GitHub…');
    expect(shown.body.textContent).to.equal('Opening GitHub…');
    expect(shown.body.childElementCount).to.equal(0);
  });

  it('sends it on, still without an opener, and without an entry to go back to', async () => {
    const opened = calls[0]?.window;
    popup?.navigate(`${location.origin}/package.json`);
    await waitUntil(() => opened?.location.pathname === '/package.json', 'it has arrived');
    expect(opened?.opener).to.equal(null);
    expect(opened?.history.length).to.equal(1);
  });

  it('knows whether it is closed, and can close it', async () => {
    expect(popup?.closed).to.equal(false);
    popup?.close();
    await waitUntil(() => popup?.closed, 'it is closed');
  });

  it('does not break when the user was faster and closed it', () => {
    popup?.navigate('https://example.com/');
    popup?.focus();
    popup?.close();
  });
});

describe('openPopupWindow', () => {
  it('writes what it waits for as text, never as markup', () => {
    const { calls, stop } = watchOpen();
    openPopupWindow(createAttemptId(), '<b>Opening…</b>');
    expect(calls[0]?.window?.document.querySelector('b')).to.equal(null);
    stop();
  });

  it('is null where the browser refuses', () => {
    const restore = answerOpenWith(null);
    expect(openPopupWindow('name', 'Opening…')).to.equal(null);
    restore();
  });

  it('is null where an old blocker answers a window that is closed at once', () => {
    const restore = answerOpenWith({ closed: true });
    expect(openPopupWindow('name', 'Opening…')).to.equal(null);
    restore();
  });

  it('stays empty where the new window is of another origin at once, as from some sandboxed frames', () => {
    const foreign = {
      closed: false,
      opener: window,
      get document(): Document {
        throw new DOMException('Blocked a frame with origin "null".', 'SecurityError');
      },
    };
    const restore = answerOpenWith(foreign);
    expect(openPopupWindow('name', 'Opening…')?.closed).to.equal(false);
    expect(foreign.opener).to.equal(null);
    restore();
  });

  it('asks for no features in an installed app, which would refuse such a window', () => {
    const { matchMedia } = window;
    window.matchMedia = (query) => ({ ...matchMedia(query), matches: query === '(display-mode: standalone)' });
    const { calls, stop } = watchOpen();
    openPopupWindow(createAttemptId(), 'Opening…');
    window.matchMedia = matchMedia;
    stop();
    expect(calls[0]?.features).to.equal('');
  });

  it('is no larger than the screen', () => {
    Object.defineProperty(screen, 'availWidth', { configurable: true, value: 360 });
    Object.defineProperty(screen, 'availHeight', { configurable: true, value: 600 });
    const { calls, stop } = watchOpen();
    openPopupWindow(createAttemptId(), 'Opening…');
    stop();
    Reflect.deleteProperty(screen, 'availWidth');
    Reflect.deleteProperty(screen, 'availHeight');
    expect(calls[0]?.features).to.match(/^popup,width=360,height=600,/);
  });
});
