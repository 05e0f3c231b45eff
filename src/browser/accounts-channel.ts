import { ACCOUNTS_MESSAGE_TYPE, CALLBACK_CHANNEL, readAccountsMessage } from '../core/model/callback-protocol.js';
import type { AccountsChannel } from '../core/model/ports.js';

/**
 * Tells the other tabs of this origin which accounts have changed. Within the page the elements share a store, or have
 * nothing to do with each other: what this very page sent is not heard.
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

/** When the page began to load, in fractions of a millisecond: as good as a name, and it need not be kept anywhere. */
function pageId(): number {
  return performance.timeOrigin;
}
