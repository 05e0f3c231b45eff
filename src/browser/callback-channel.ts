import {
  ACCOUNTS_MESSAGE_TYPE,
  CALLBACK_CHANNEL,
  CALLBACK_STORAGE_KEY,
  readAccountsMessage,
  readCallbackMessage,
} from '../core/model/callback-protocol.js';
import { createAttemptId } from '../core/model/crypto.js';
import type { AccountsChannel, ListenForCallback } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

/**
 * Listens for the callback page of this origin. BroadcastChannel works under any COOP header. The `storage` event is an
 * extra, which WebKit drops when either page sends COOP. Any page of this origin may send such a message, so it is only a
 * hint to poll now.
 */
export const listenForCallback: ListenForCallback = (callback) => {
  const controller = new AbortController();
  const { signal } = controller;
  const onMessage = (data: unknown) => {
    const attempt = readCallbackMessage(data);
    if (attempt !== undefined) callback(attempt);
  };
  const channel = openChannel();
  channel?.addEventListener('message', ({ data }) => onMessage(data), { signal });
  signal.addEventListener('abort', () => channel?.close());
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === CALLBACK_STORAGE_KEY && newValue) onMessage(tolerate(() => JSON.parse(newValue)));
  };
  window.addEventListener('storage', onStorage, { signal });
  return () => controller.abort();
};

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
