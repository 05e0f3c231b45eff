import { systemClock } from '../core/model/clock.js';
import type { ConnectPorts } from '../core/model/ports.js';
import { attemptStorage } from './attempt-storage.js';
import { listenForCallback } from './callback-channel.js';
import { refusesWindows } from './page-limits.js';
import { createPageSignals } from './page-signals.js';
import { openPopupWindow } from './popup-window.js';
import { sameTabWindow } from './same-tab-window.js';

/**
 * What this page gives to a flow.
 * @param waitingText what a window says until it is sent to the provider
 * @param sameTab whether this tab goes to the provider, in place of a window
 */
export function createBrowserPorts(waitingText: () => string, sameTab: () => boolean = () => false): ConnectPorts {
  return {
    clock: systemClock,
    openWindow: (name, attempt) => {
      if (sameTab()) return sameTabWindow(attempt);
      // Before it is asked for: in Firefox a refusal uses the gesture up.
      const inGesture = navigator.userActivation?.isActive === true;
      return openPopupWindow(name, waitingText()) ?? (refusesWindows(inGesture) ? 'sandboxed' : null);
    },
    page: createPageSignals(),
    listenForCallback,
    storage: attemptStorage,
    get pageOrigin() {
      // That of `location` tells nothing of a sandbox.
      return self.origin;
    },
  };
}
