import { systemClock } from '../core/model/clock.js';
import type { ConnectPorts } from '../core/model/ports.js';
import { attemptStorage } from './attempt-storage.js';
import { openPopupWindow, sameTabWindow } from './authorization-window.js';
import { listenForCallback } from './callback-channel.js';
import { refusesWindows } from './page-limits.js';
import { createPageSignals } from './page-signals.js';

/**
 * Creates the ports of this page.
 * @param waitingText returns the text that a window shows until it is sent to the provider
 * @param sameTab returns whether this tab goes to the provider instead of a window
 */
export function createBrowserPorts(waitingText: () => string, sameTab: () => boolean = () => false): ConnectPorts {
  return {
    clock: systemClock,
    openWindow: (name, attempt) => {
      if (sameTab()) return sameTabWindow(attempt);
      // Read this before opening a window: in Firefox a refusal uses up the gesture.
      const inGesture = navigator.userActivation?.isActive === true;
      return openPopupWindow(name, attempt, waitingText()) ?? (refusesWindows(inGesture) ? 'sandboxed' : null);
    },
    page: createPageSignals(),
    listenForCallback,
    storage: attemptStorage,
    get pageOrigin() {
      // `location.origin` does not reflect a sandbox.
      return self.origin;
    },
  };
}
