import type { PageSignals } from '../core/model/ports.js';

/** Creates the signals of this page. The document is first touched when a signal is read. */
export function createPageSignals(): PageSignals {
  // This relies on the events alone: `navigator.onLine` is also false if the only network is this computer.
  let offline = false;
  const subscriptions = new Set<AbortController>();
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
      subscriptions.add(controller);
      const onActive = () => callback('active');
      const onNetwork = ({ type }: Event) => {
        offline = type === 'offline';
        callback(offline ? 'inactive' : 'active');
      };
      const onInactive = () => callback('inactive');
      for (const type of ['focus', 'pageshow']) window.addEventListener(type, onActive, { signal });
      for (const type of ['online', 'offline']) window.addEventListener(type, onNetwork, { signal });
      window.addEventListener('blur', onInactive, { signal });
      document.addEventListener(
        'visibilitychange',
        () => (document.visibilityState === 'visible' ? onActive : onInactive)(),
        {
          signal,
        },
      );
      return () => {
        controller.abort();
        subscriptions.delete(controller);
        // Without a listener the return of the network would go unnoticed.
        if (subscriptions.size === 0) offline = false;
      };
    },
  };
}
