import { CALLBACK_CHANNEL } from '../core/model/callback-protocol.js';
import { createAttemptId } from '../core/model/crypto.js';
import { LatePart } from '../core/model/late-part.js';
import type { AccountsChannel, PageSignals } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

const SIGNALS = ['focus', 'pageshow', 'online', 'offline', 'blur'];

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
      subscriptions.add(controller);
      const onSignal = ({ type }: Event) => {
        if (type === 'online' || type === 'offline') offline = type === 'offline';
        const isHidden = type === 'visibilitychange' && document.visibilityState !== 'visible';
        callback(type === 'blur' || type === 'offline' || isHidden ? 'inactive' : 'active');
      };
      for (const type of SIGNALS) window.addEventListener(type, onSignal, controller);
      document.addEventListener('visibilitychange', onSignal, controller);
      return () => {
        controller.abort();
        subscriptions.delete(controller);
        // Without a listener the return of the network would go unnoticed.
        if (subscriptions.size === 0) offline = false;
      };
    },
  };
}

/** The reading of messages, which most pages never get. */
const messagesPart = new LatePart(() => import('../core/accounts/remote-changes.js'));

/**
 * Tells the other tabs of this origin which accounts have changed. A page does not hear its own messages, because its
 * elements either share a store or have nothing to do with each other.
 */
export const accountsChannel: AccountsChannel = {
  post(ids) {
    const channel = openChannel();
    channel?.postMessage({ type: 'connect-account:accounts', ids, page: pageId() });
    channel?.close();
  },
  listen(callback) {
    const channel = openChannel();
    channel?.addEventListener('message', ({ data }) => {
      if (data?.page === pageId()) return;
      messagesPart.load().then(
        ({ readAccountsMessage }) => callback(readAccountsMessage(data)),
        // A page that cannot load it sees the change when its user returns to it.
        () => {},
      );
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
