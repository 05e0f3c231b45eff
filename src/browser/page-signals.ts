import type { PageSignals } from '../core/model/ports.js';

/** What the page tells of itself. Touches the document when asked, not when made. */
export function createPageSignals(): PageSignals {
  // By the events alone: `navigator.onLine` is false as well where the only network is this computer.
  let offline = false;
  const listening = new Set<AbortController>();
  return {
    get visible() {
      return document.visibilityState === 'visible';
    },
    get focused() {
      return document.hasFocus();
    },
    get offline() {
      return offline;
    },
    subscribe(callback) {
      const controller = new AbortController();
      const { signal } = controller;
      listening.add(controller);
      const wake = () => callback('active');
      const onNetwork = ({ type }: Event) => {
        offline = type === 'offline';
        callback(offline ? 'inactive' : 'active');
      };
      const rest = () => callback('inactive');
      for (const type of ['focus', 'pageshow']) window.addEventListener(type, wake, { signal });
      for (const type of ['online', 'offline']) window.addEventListener(type, onNetwork, { signal });
      window.addEventListener('blur', rest, { signal });
      document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? wake : rest)(), {
        signal,
      });
      return () => {
        controller.abort();
        listening.delete(controller);
        // Nobody would hear that the network is back.
        if (listening.size === 0) offline = false;
      };
    },
  };
}
