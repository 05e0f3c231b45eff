import { ACCOUNTS_MESSAGE_TYPE, CALLBACK_CHANNEL, readAccountsMessage } from '../core/model/callback-protocol.js';
import { createAttemptId } from '../core/model/crypto.js';
import type { AccountsChannel, PageSignals } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

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

/**
 * Tells the other tabs of this origin which accounts have changed. A page does not hear its own messages, because its
 * elements either share a store or have nothing to do with each other.
 */
export const accountsChannel: AccountsChannel = {
  post(ids) {
    const channel = openChannel();
    channel?.postMessage({ type: ACCOUNTS_MESSAGE_TYPE, ids, page: pageId() });
    channel?.close();
  },
  listen(callback) {
    const channel = openChannel();
    channel?.addEventListener('message', ({ data }) => {
      const message = readAccountsMessage(data);
      if (message && message.page !== pageId()) callback(message.ids);
    });
    return () => channel?.close();
  },
};

/** The constructor may be missing. Firefox makes it throw if the page's storage is denied. */
function openChannel(): BroadcastChannel | undefined {
  return tolerate(() => new BroadcastChannel(CALLBACK_CHANNEL));
}

let page: string | undefined;

/** Returns the id of this page. A time would not do: browsers round it, and restore several tabs at once. */
function pageId(): string {
  page ??= createAttemptId();
  return page;
}
