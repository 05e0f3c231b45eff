import { CALLBACK_CHANNEL } from '../core/model/accounts-message.js';
import { CALLBACK_STORAGE_KEY, readCallbackMessage } from '../core/model/callback-protocol.js';
import type { ListenForCallback } from '../core/model/ports.js';
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
  // The constructor may be missing. Firefox makes it throw if the page's storage is denied.
  const channel = tolerate(() => new BroadcastChannel(CALLBACK_CHANNEL));
  channel?.addEventListener('message', ({ data }) => onMessage(data), { signal });
  signal.addEventListener('abort', () => channel?.close());
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === CALLBACK_STORAGE_KEY && newValue) onMessage(tolerate(() => JSON.parse(newValue)));
  };
  window.addEventListener('storage', onStorage, { signal });
  return () => controller.abort();
};
