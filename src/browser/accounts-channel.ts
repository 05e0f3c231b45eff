import { ACCOUNTS_MESSAGE_TYPE, CALLBACK_CHANNEL, readAccountsMessage } from '../core/model/accounts-message.js';
import { createAttemptId } from '../core/model/crypto.js';
import type { AccountsChannel } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

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
