import { ACCOUNTS_MESSAGE_TYPE, CALLBACK_CHANNEL, readAccountsMessage } from '../core/model/accounts-message.js';
import type { AccountsChannel } from '../core/model/ports.js';

/**
 * Tells the other tabs of this origin which accounts have changed. A page does not hear its own messages, because its
 * elements either share a store or have nothing to do with each other.
 */
export const accountsChannel: AccountsChannel = {
  post(ids) {
    if (typeof BroadcastChannel !== 'function') return;
    const channel = new BroadcastChannel(CALLBACK_CHANNEL);
    channel.postMessage({ type: ACCOUNTS_MESSAGE_TYPE, ids, page: pageId() });
    channel.close();
  },
  listen(callback) {
    if (typeof BroadcastChannel !== 'function') return () => {};
    const channel = new BroadcastChannel(CALLBACK_CHANNEL);
    channel.addEventListener('message', ({ data }) => {
      const message = readAccountsMessage(data);
      if (message && message.page !== pageId()) callback(message.ids);
    });
    return () => channel.close();
  },
};

/**
 * Returns the time at which the page began to load, in fractions of a millisecond. It identifies the page and need not be
 * stored.
 */
function pageId(): number {
  return performance.timeOrigin;
}
