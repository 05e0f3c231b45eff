import { CALLBACK_CHANNEL, CALLBACK_STORAGE_KEY, readCallbackMessage } from '../core/model/callback-protocol.js';
import type { ListenForCallback } from '../core/model/ports.js';

/**
 * Hears the callback page of this origin. BroadcastChannel is what survives every COOP header; the `storage` event is a
 * bonus (WebKit drops it when either page sends COOP). Any page of this origin may send such a message, so it only
 * says "look now".
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
    if (key === CALLBACK_STORAGE_KEY && newValue) onMessage(parse(newValue));
  };
  window.addEventListener('storage', onStorage, { signal });
  return () => controller.abort();
};

/** Null where it is missing, or denied along with the storage of the page, as Firefox does by throwing. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CALLBACK_CHANNEL);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
