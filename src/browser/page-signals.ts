import type { PageSignals } from '../core/ports.js';

/** What the page tells of itself. Touches the document when asked, not when made. */
export function createPageSignals(): PageSignals {
  return {
    get visible() {
      return document.visibilityState === 'visible';
    },
    get focused() {
      return document.hasFocus();
    },
    subscribe(callback) {
      const { signal, abort } = abortable();
      const wake = () => callback('wake');
      const rest = () => callback('rest');
      for (const type of ['focus', 'pageshow', 'online']) window.addEventListener(type, wake, { signal });
      window.addEventListener('blur', rest, { signal });
      document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? wake : rest)(), {
        signal,
      });
      return abort;
    },
  };
}

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
