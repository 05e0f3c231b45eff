import type { ConnectPorts } from '../core/ports.js';
import { systemClock } from '../core/system-clock.js';
import { attemptStorage } from './attempt-storage.js';
import { listenForCallback } from './callback-channel.js';
import { createPageSignals } from './page-signals.js';
import { openPopupWindow } from './popup-window.js';

/** What this page gives to a flow. @param waitingText what a window says until it is sent to the provider */
export function createBrowserPorts(waitingText: () => string): ConnectPorts {
  return {
    clock: systemClock,
    openWindow: (name) => openPopupWindow(name, waitingText()),
    page: createPageSignals(),
    listenForCallback,
    storage: attemptStorage,
    get pageOrigin() {
      return location.origin;
    },
  };
}
